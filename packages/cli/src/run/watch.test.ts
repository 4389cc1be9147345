import assert from 'node:assert/strict';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const write = (name: string) => `pyroscope.write "${name}" { }\n`;

test('pewter run --watch follows its directory and keeps the last good config', {
  timeout: 60_000,
}, async (t) => {
  const folder = await temporaryFolder(t, { 'a.alloy': write('first') });
  const host = new TestHost();
  const args = [
    'run',
    '--watch',
    '--server.http.listen-addr=127.0.0.1:0',
    '--storage.path',
    join(folder, 'data'),
  ];
  const running = runProgram([...args, folder], host);
  const url = await host.written(/http:\/\/127\.0\.0\.1:\d+/);
  const ids = async () => {
    const list = (await (await fetch(`${url}/api/v0/web/components`)).json()) as { localID: string }[];
    return list.map(({ localID }) => localID);
  };
  await writeFile(join(folder, '.b.swp'), write('second'));
  await rename(join(folder, '.b.swp'), join(folder, 'b.alloy'));
  await host.written(/config loaded[\s\S]*config loaded/);
  assert.deepEqual(await ids(), ['pyroscope.write.first', 'pyroscope.write.second']);
  await writeFile(join(folder, 'b.alloy'), 'pyroscope.write {');
  await host.written(/config not reloaded, the last one goes on/);
  assert.deepEqual(await ids(), ['pyroscope.write.first', 'pyroscope.write.second']);
  await writeFile(join(folder, 'b.alloy'), write('third'));
  await host.written(/(config loaded[\s\S]*){3}/);
  assert.deepEqual(await ids(), ['pyroscope.write.first', 'pyroscope.write.third']);
  host.send('SIGTERM');
  assert.equal(await running, 0);
});
