import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Takers } from './takers.ts';

/** Takers, and a way to wait among them that notes who got what. */
function setUp() {
  const takers = new Takers<string>();
  const got: Record<string, string | undefined> = {};
  async function wait(name: string, signal = new AbortController().signal): Promise<void> {
    got[name] = await takers.wait(signal);
  }
  const serve = (...items: string[]) => takers.serve(() => items.shift());
  return { takers, got, wait, serve };
}

describe('senders that wait', () => {
  test('are served beginning with the one that came last, as long as there is something', async () => {
    const { got, wait, serve } = setUp();
    const [, second, third] = [wait('first'), wait('second'), wait('third')];
    serve('a', 'b');
    await Promise.all([second, third]);
    assert.deepEqual(got, { third: 'a', second: 'b' });
  });

  test('leave what there is where nobody waits any more', async () => {
    const { takers, got, wait } = setUp();
    const only = wait('only');
    const items = ['a', 'b'];
    takers.serve(() => items.shift());
    await only;
    assert.deepEqual([got, items], [{ only: 'a' }, ['b']]);
  });

  test('end with nothing when their signal aborts, and only those', async () => {
    const { got, wait, serve } = setUp();
    const stop = new AbortController();
    const [stopped, other] = [wait('stopped', stop.signal), wait('other')];
    stop.abort();
    await stopped;
    serve('a');
    await other;
    assert.deepEqual(got, { stopped: undefined, other: 'a' });
  });
});
