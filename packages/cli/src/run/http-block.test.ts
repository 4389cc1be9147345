import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const certificates = join(import.meta.dirname, '../../../../fixtures/certs');

function status(url: string): Promise<number | undefined> {
  const agent = new Agent({ ca: readFileSync(join(certificates, 'ca.pem')), keepAlive: false });
  return new Promise((resolve, reject) => {
    request(`${url}/-/ready`, { agent }, (answer) => resolve(answer.resume().statusCode))
      .once('error', reject)
      .end();
  });
}

test('the http block governs the API of pewter run, from the start on and with each reload', async (t) => {
  const folder = await temporaryFolder(t, {});
  for (const name of ['server.pem', 'server.key'])
    await copyFile(join(certificates, name), join(folder, name));
  const tls = (cert: string) =>
    `http {\n\ttls {\n\t\tcert_file = "${join(folder, cert)}"\n\t\tkey_file = "${join(folder, 'server.key')}"\n\t}\n}\n`;
  const file = join(folder, 'a.alloy');
  await writeFile(file, tls('server.pem'));
  const host = new TestHost();
  const running = runProgram(
    ['run', '--server.http.listen-addr=127.0.0.1:0', '--storage.path', folder, file],
    host,
  );
  const url = await host.written(/https:\/\/127\.0\.0\.1:\d+/);
  assert.equal(await status(url), 200);

  await writeFile(file, tls('gone.pem'));
  host.send('SIGHUP');
  await host.written(/config reloaded with errors.*`tls` of `http` cannot be used: .*gone\.pem/s);
  assert.equal(await status(url), 200);

  await writeFile(file, 'logging { }\n');
  host.send('SIGHUP');
  await host.written(/(config loaded[\s\S]*){3}/);
  const plain = url.replace('https', 'http');
  assert.equal((await fetch(`${plain}/-/ready`)).status, 200);

  await writeFile(file, 'logging { level = 1');
  const refused = await fetch(`${plain}/-/reload`, { method: 'POST' });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /a\.alloy was not loaded \(\d errors?\):\n/);
  host.send('SIGTERM');
  assert.equal(await running, 0);
});

test('an http block that cannot be kept is a reason not to start', async (t) => {
  const folder = await temporaryFolder(t, {
    'a.alloy': 'http {\n\ttls {\n\t\tcert_file = "/gone.pem"\n\t\tkey_file = "/gone.key"\n\t}\n}\n',
  });
  const host = new TestHost();
  const args = ['run', '--server.http.listen-addr=127.0.0.1:0', '--storage.path', folder, folder];
  assert.equal(await runProgram(args, host), 1);
  assert.match(host.err, /pewter: `tls` of `http` cannot be used: .*gone\.pem/);
});

test('an http block that has a value of something that does not run here lets nobody in', async (t) => {
  const config = `
remote.vault "password" {
  server = "http://127.0.0.1:1"
  path   = "secret"
  auth.token {
    token = "t"
  }
}
http {
  auth {
    basic {
      username = "u"
      password = remote.vault.password.data.word
    }
    filter {
      paths = ["/metrics"]
    }
  }
}`;
  const folder = await temporaryFolder(t, { 'a.alloy': config });
  const host = new TestHost();
  const listen = '--server.http.listen-addr=127.0.0.1:0';
  const args = ['run', listen, '--unsupported=skip', '--storage.path', folder, folder];
  const running = runProgram(args, host);
  const url = await host.written(/http:\/\/127\.0\.0\.1:\d+(?=\n)/);
  for (const path of ['/metrics', '/-/ready']) assert.equal((await fetch(`${url}${path}`)).status, 401);
  assert.match(host.err, /this block is not in force.*block=http/);
  host.send('SIGTERM');
  assert.equal(await running, 0);
});

test('an http block that guards nothing is told of when the config is loaded', async (t) => {
  const user = 'basic {\nusername = "ann"\npassword = sys.env("NO_SUCH_PASSWORD")\n}';
  const folder = await temporaryFolder(t, { 'a.alloy': `http {\nauth {\n${user}\nfilter { }\n}\n}\n` });
  const host = new TestHost();
  const running = runProgram(
    ['run', '--server.http.listen-addr=127.0.0.1:0', '--storage.path', folder, join(folder, 'a.alloy')],
    host,
  );
  await host.written(/http:\/\/127\.0\.0\.1:\d+/);
  host.send('SIGTERM');
  assert.equal(await running, 0);
  assert.match(
    host.err,
    /level=warn msg="a `filter` without `paths` guards nothing" code=W0501 file=\S+ line=7 /,
  );
});
