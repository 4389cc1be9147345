import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext as NodeTest, test } from 'node:test';
import type { DatabaseOptions } from './database.ts';
import { realDatabases } from './real-databases.ts';

const options: DatabaseOptions = {
  schema: 'CREATE TABLE IF NOT EXISTS thing (id INTEGER PRIMARY KEY, body BLOB NOT NULL)',
  fsync: 'interval',
};
const insert = 'INSERT INTO thing VALUES (?, ?)';
const all = 'SELECT id, body FROM thing ORDER BY id';

async function temporary(t: NodeTest): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'databases-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

describe('a database', () => {
  test('keeps what was written, makes its folder, and leaves the bytes it was given alone', async (t) => {
    const path = join(await temporary(t), 'a/b/things.db');
    const databases = realDatabases();
    const { database } = await databases.open(path, options);
    const bytes = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
    await database.transact([{ sql: insert, rows: [[1, bytes]] }]);
    assert.deepEqual([...bytes], [2, 3]);
    await database.close();
    const again = await databases.open(path, options);
    assert.equal(again.setAside, undefined);
    const [rows] = await again.database.transact([{ sql: all }]);
    assert.deepEqual(rows, [{ id: 1, body: new Uint8Array([2, 3]) }]);
    await again.database.close();
  });

  test('carries out all steps or none', async (t) => {
    const { database } = await realDatabases().open(join(await temporary(t), 'x.db'), options);
    const twice = [
      {
        sql: insert,
        rows: [
          [1, new Uint8Array(1)],
          [1, new Uint8Array(1)],
        ],
      },
    ];
    await assert.rejects(database.transact(twice), { problem: 'other' });
    assert.deepEqual((await database.transact([{ sql: all }]))[0], []);
    await database.close();
  });

  test('is used by one opener at a time', async (t) => {
    const path = join(await temporary(t), 'x.db');
    const { database } = await realDatabases().open(path, options);
    await assert.rejects(realDatabases().open(path, options), { problem: 'in use' });
    await database.close();
    await assert.rejects(database.transact([{ sql: all }]), { problem: 'other' });
  });

  for (const [what, harm] of [
    ['noise', (path: string) => writeFile(path, Buffer.alloc(9000, 'noise'))],
    ['a cut', (path: string) => truncate(path, 5000)],
  ] as const) {
    test(`whose file is damaged by ${what} is set aside, and a new one is made`, async (t) => {
      const folder = await temporary(t);
      const path = join(folder, 'x.db');
      const first = await realDatabases().open(path, options);
      const row = (id: number) => [id, new Uint8Array(3000)] as const;
      await first.database.transact([{ sql: insert, rows: Array.from({ length: 20 }, (_, id) => row(id)) }]);
      await first.database.close();
      await harm(path);
      const harmed = await readFile(path);
      const { database, setAside } = await realDatabases().open(path, options);
      assert.deepEqual((await database.transact([{ sql: all }]))[0], []);
      await database.close();
      assert.match(setAside ?? '', /x\.db\.damaged-\d{4}-/);
      assert.deepEqual(await readFile(setAside ?? ''), harmed);
      assert.equal((await readdir(folder)).length, 2);
    });
  }

  test('that cannot be made says why', async (t) => {
    const folder = await temporary(t);
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(realDatabases().open(join(folder, 'file/x.db'), options), /ENOTDIR|EEXIST/);
    await mkdir(join(folder, 'taken.db'));
    await assert.rejects(realDatabases().open(join(folder, 'taken.db'), options), { name: 'DatabaseError' });
  });
});
