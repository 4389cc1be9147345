import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testContext } from './test-context.ts';

describe('test context', () => {
  test('records exports and log lines', () => {
    const context = testContext<{ n: number }>();
    context.setExports({ n: 1 });
    context.logger.warn({ err: new Error('broken'), url: 'http://a' }, 'could not fetch');
    assert.deepEqual(context.exported, [{ n: 1 }]);
    assert.deepEqual(context.lines, [
      { level: 'warn', err: 'broken', url: 'http://a', msg: 'could not fetch' },
    ]);
  });

  test('tells a watcher of a written and of a removed file, until it is cancelled', async () => {
    const { files } = testContext();
    let changes = 0;
    const cancel = files.watch('/a', () => changes++);
    files.write('/a', 'one');
    files.write('/b', 'other');
    assert.equal(new TextDecoder().decode(await files.read('/a')), 'one');
    files.remove('/a');
    assert.equal(changes, 2);
    await assert.rejects(files.read('/a'), { code: 'ENOENT' });
    cancel();
    files.write('/a', 'two');
    assert.equal(changes, 2);
    assert.equal(files.watching, 0);
  });
});
