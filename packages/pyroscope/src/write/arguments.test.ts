import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText } from '../decode.test-help.ts';
import { writeArguments } from './arguments.ts';

const codes = (url: string) =>
  decodeText(`endpoint {\n url = "${url}"\n}`, writeArguments, { checking: true }).diagnostics.map(
    ({ code }) => code,
  );

test('a URL with a query or a fragment is warned of, as no push reaches a server by it', () => {
  for (const url of ['http://x/?token=t', 'http://x/base?a', 'http://x/#a'])
    assert.deepEqual(codes(url), ['W0501'], url);
  for (const url of ['http://x', 'http://x/base/', 'http://u:p@x:4040/%3F'])
    assert.deepEqual(codes(url), [], url);
});
