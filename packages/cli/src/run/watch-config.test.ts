import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock, Files } from '@pewter/runtime';
import { temporaryFolder } from '../temporary-folder.test-help.ts';
import { configTexts, watchConfig } from './watch-config.ts';

/** A watched folder or file whose events and time come from the test. */
async function watching(t: TestContext, of: 'folder' | 'file', changedMeanwhile?: string) {
  const folder = await temporaryFolder(t, { 'a.alloy': 'a', 'b.alloy': 'b' });
  const path = of === 'folder' ? folder : join(folder, 'a.alloy');
  let event = () => {};
  let due: (() => void) | undefined;
  const watch = (_: string, changed: () => void) => {
    event = changed;
    return () => {
      event = () => {};
    };
  };
  const files: Pick<Files, 'watch' | 'watchFolder' | 'stat'> = {
    watch,
    watchFolder: watch,
    stat: async () => ({ kind: of, modified: 0, id: path }),
  };
  const clock: Pick<Clock, 'setTimeout'> = {
    setTimeout(callback) {
      due = callback;
      return () => {
        if (due === callback) due = undefined;
      };
    },
  };
  const seen = { reloads: 0 };
  const reload = async () => void seen.reloads++;
  const before = await configTexts(path);
  if (changedMeanwhile !== undefined) await writeFile(path, changedMeanwhile);
  const cancel = await watchConfig(path, { files, clock: clock as Clock, seen: before, reload });
  t.after(cancel);
  /** Lets the quiet time pass and what follows from it be done. */
  const pass = async () => {
    due?.();
    due = undefined;
    for (let turns = 0; turns < 50; turns++) await turn();
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { folder, path, seen, cancel, pass, event: () => event() };
}

describe('a watched config', () => {
  test('is read again once for changes in a row', async (t) => {
    const { path, seen, event, pass } = await watching(t, 'file');
    await writeFile(path, 'one');
    event();
    await writeFile(path, 'two');
    event();
    await pass();
    assert.equal(seen.reloads, 1);
  });

  test('is not read again where its text is what it was', async (t) => {
    const { path, seen, event, pass } = await watching(t, 'file');
    await writeFile(path, 'a');
    event();
    await pass();
    assert.equal(seen.reloads, 0);
  });

  test('that changed while it was loaded is read again', async (t) => {
    const { seen, pass } = await watching(t, 'file', 'other');
    await pass();
    assert.equal(seen.reloads, 1);
  });

  test('may be replaced by a rename, as editors do', async (t) => {
    const { folder, path, seen, event, pass } = await watching(t, 'file');
    await writeFile(join(folder, '.a.swp'), 'renamed');
    await rename(join(folder, '.a.swp'), path);
    event();
    await pass();
    assert.equal(seen.reloads, 1);
  });

  test('that went away is told of once, and counts again when it is back', async (t) => {
    const { path, seen, event, pass } = await watching(t, 'file');
    await rm(path);
    for (let times = 0; times < 3; times++) {
      event();
      await pass();
    }
    assert.equal(seen.reloads, 1);
    await writeFile(path, 'a');
    event();
    await pass();
    assert.equal(seen.reloads, 2);
  });

  test('of a folder changes with what comes and goes, and not with other files', async (t) => {
    const { folder, seen, event, pass } = await watching(t, 'folder');
    await writeFile(join(folder, 'notes.txt'), 'x');
    event();
    await pass();
    assert.equal(seen.reloads, 0);
    await writeFile(join(folder, 'c.alloy'), 'c');
    event();
    await pass();
    await rm(join(folder, 'b.alloy'));
    event();
    await pass();
    assert.equal(seen.reloads, 2);
  });

  test('is left alone once the watch has ended', async (t) => {
    const { path, seen, event, pass, cancel } = await watching(t, 'file');
    await writeFile(path, 'one');
    event();
    cancel();
    event();
    await pass();
    assert.equal(seen.reloads, 0);
  });
});
