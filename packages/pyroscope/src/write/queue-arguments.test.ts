import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText } from '../decode.test-help.ts';
import { writeArguments } from './arguments.ts';
import { queueFileName } from './queue-arguments.ts';

const endpoint = (queue: string, name = '') =>
  `endpoint {\n url = "http://x"\n name = "${name}"\n ${queue}\n}\n`;
const codes = (text: string) => decodeText(text, writeArguments).diagnostics.map(({ code }) => code);

describe('a queue block', () => {
  for (const [inner, found] of [
    ['', []],
    ['path = "a/b.db"\n max_bytes = 1\n max_age = "1s"\n fsync = "always"', []],
    ['path = "/tmp/x.db"', ['E0518']],
    ['path = "a/../../x.db"', ['E0518']],
    ['path = "C:\\\\x.db"', ['E0518']],
    ['max_bytes = 0', ['E0518']],
    ['max_age = "0s"', ['E0518']],
    ['fsync = "sometimes"', ['E0518']],
  ] as const) {
    test(`${JSON.stringify(inner)} gives ${found.join(', ') || 'nothing'}`, () =>
      assert.deepEqual(codes(endpoint(`queue {\n ${inner}\n}`)), found));
  }

  test('has a file of its own', () => {
    const queue = 'queue {\n}';
    assert.deepEqual(codes(endpoint(queue) + endpoint(queue)), ['E0519']);
    assert.deepEqual(codes(endpoint(queue, 'a') + endpoint(queue, 'b')), []);
    assert.deepEqual(codes(endpoint(queue) + endpoint('')), []);
  });

  test('is warned of where a config is checked, and only there', () => {
    const warned = decodeText(endpoint('queue {\n}'), writeArguments, { checking: true }).diagnostics;
    assert.deepEqual(
      warned.map(({ code, severity }) => [code, severity]),
      [['W0511', 'warning']],
    );
  });

  test('names its file for the endpoint, whatever its name is made of', () => {
    assert.equal(queueFileName({ name: 'main', url: 'http://x' }), 'queue-main.db');
    assert.match(queueFileName({ name: '../a b', url: 'http://x' }), /^queue-[0-9a-f]{12}\.db$/);
    assert.notEqual(
      queueFileName({ name: '', url: 'http://x' }),
      queueFileName({ name: '', url: 'http://y' }),
    );
  });
});
