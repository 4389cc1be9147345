import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Secret } from '@pewter/language';
import { createLogger } from './logger.ts';

const clock = { now: () => Date.UTC(2026, 0, 1) };

function recorded() {
  const lines: string[] = [];
  return { lines, destination: { write: (line: string) => void lines.push(line) }, clock };
}

describe('the logger', () => {
  test('writes logfmt with time, level, message and the keys of child loggers', () => {
    const { lines, ...options } = recorded();
    const { logger } = createLogger(options);
    logger.child({ component_path: '/', component_id: 'a.b' }).info({ n: 1 }, 'done it');
    assert.deepEqual(lines, [
      'ts=2026-01-01T00:00:00.000Z level=info msg="done it" component_path=/ component_id=a.b n=1\n',
    ]);
  });

  test('writes JSON with the same keys', () => {
    const { lines, ...options } = recorded();
    createLogger({ ...options, format: 'json' }).logger.warn(
      { err: new Error('no', { cause: new Error('why') }) },
      'm',
    );
    assert.deepEqual(JSON.parse(lines[0] ?? ''), {
      ts: '2026-01-01T00:00:00.000Z',
      level: 'warn',
      err: 'no: why',
      msg: 'm',
    });
  });

  test('changes level and format under loggers that were made before', () => {
    const { lines, ...options } = recorded();
    const control = createLogger(options);
    const child = control.logger.child({ component_id: 'a.b' });
    child.debug('unseen');
    control.configure({ level: 'debug' });
    child.debug('seen');
    control.configure({ level: 'error', format: 'json' });
    child.warn('unseen');
    child.error('seen');
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? '', /^\{.*"msg":"seen"\}\n$/);
  });

  test('never writes a secret', () => {
    const { lines, ...options } = recorded();
    createLogger(options).logger.info({ password: new Secret('hunter2') }, 'connected');
    assert.match(lines[0] ?? '', /password=\(secret\)/);
  });
});
