import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code } from '@connectrpc/connect';
import type { PushFailure } from './push-failure.ts';
import { isAboutProfile } from './worth-retrying.ts';

const failure = (status: number | undefined, code?: Code): PushFailure => ({
  ok: false,
  status,
  code,
  reason: 'no',
});

test('a refusal is about the profile, about all of them, or about the moment', () => {
  for (const [status, code] of [[400], [413], [422], [409], [200, Code.InvalidArgument]] as const)
    assert.equal(isAboutProfile(failure(status, code)), true, `${status}`);
  for (const [status, code] of [
    [401],
    [403],
    [404],
    [501],
    [200, Code.PermissionDenied],
    [400, Code.Unauthenticated],
    [429],
    [408],
    [500],
    [503, Code.Unavailable],
    [undefined],
  ] as const)
    assert.equal(isAboutProfile(failure(status, code)), false, `${status}`);
});
