import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { root, scratchFolder } from './harness/files.ts';
import { runPewter } from './harness/process.ts';

const profile = readFileSync(join(root, 'fixtures/profiles/go-profile-1.pb.gz'));

/** A process that serves CPU profiles and those of godeltaprof, and knows what it was asked. */
async function serve(t: TestContext) {
  const asked: string[] = [];
  const served = new Set(['/debug/pprof/profile', '/debug/pprof/goroutine', '/debug/pprof/delta_heap']);
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === '/sd') {
      const groups = [{ targets: [address()], labels: { service_name: 'shop', env: 'test' } }];
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(groups));
    }
    asked.push(url);
    if (url === '/debug/pprof/block') return void response.end('<html>no</html>');
    if (served.has(url.split('?')[0] ?? '')) return void response.end(profile);
    response.writeHead(404).end('Unknown profile\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, address: address() };
}

async function configFile(t: TestContext, text: string): Promise<string> {
  const folder = await scratchFolder();
  t.after(() => folder[Symbol.asyncDispose]());
  return folder.write('config.alloy', text);
}

const config = (address: string) => `
discovery.http "all" {
  url = "http://${address}/sd"
}
pyroscope.scrape "all" {
  targets = array.concat(discovery.http.all.targets, [{"__address__" = "http://bad"}, {"__address__" = "h:http"}, {"__address__" = "h:1", "__meta_docker_container_name" = "box"}])
  forward_to = [pyroscope.write.out.receiver]
  profiling_config {
    profile.mutex { enabled = false }
    profile.block { enabled = false }
  }
}
pyroscope.write "out" {
  endpoint {
    url = "http://${address}"
  }
}
`;

describe('pewter targets', () => {
  test('lists what would be scraped once discoveries have answered, and scrapes nothing', async (t) => {
    const { asked, address } = await serve(t);
    const { status, stdout, stderr } = await runPewter(['targets', await configFile(t, config(address))]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(asked, []);
    assert.match(stdout, /pyroscope\.scrape\.all: 2 targets, 6 profiles each interval, 2 refused/);
    assert.ok(stdout.includes(`memory      http://${address}/debug/pprof/allocs\n`), stdout);
    assert.ok(stdout.includes(`process_cpu http://${address}/debug/pprof/profile?seconds=14\n`), stdout);
    assert.ok(stdout.includes('service_name "shop" from service_name\n'), stdout);
    assert.ok(stdout.includes('service_name "box" from __meta_docker_container_name\n'), stdout);
    assert.match(stdout, /"http:\/\/bad" is not a valid address/);
    assert.equal(stdout.match(/"h:http" is not a valid address/g)?.length, 1);
  });

  test('--json is for programs', async (t) => {
    const { address } = await serve(t);
    const { stdout } = await runPewter(['targets', '--json', await configFile(t, config(address))]);
    const { components, failures } = JSON.parse(stdout);
    const [{ component, targets, refused }] = components;
    assert.deepEqual(failures, []);
    assert.equal(component, 'pyroscope.scrape.all');
    const { labels, ...memory } = targets[0];
    assert.deepEqual(memory, {
      url: `http://${address}/debug/pprof/allocs`,
      kind: 'memory',
      service_name: 'shop',
      service_name_from: 'service_name',
    });
    assert.deepEqual(
      [labels.__name__, labels.env, labels.instance, labels.__address__],
      ['memory', 'test', address, undefined],
    );
    const urls = refused.map(({ url }: { url: string }) => url);
    assert.deepEqual(
      [urls.length, urls.filter((url: string) => url.startsWith('http://h:http/debug/')).length],
      [4, 3],
    );
  });

  test('goes on without a discovery that does not answer in time, and says which', async (t) => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const silent = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = await configFile(t, config(silent));
    const { status, stdout, stderr } = await runPewter(['targets', '--timeout', '300ms', file]);
    assert.equal(status, 0);
    assert.match(stdout, /1 target, 3 profiles/);
    assert.match(stderr, /^pewter targets: discovery\.http\.all: /m);
  });

  test('ends with status 1 where a discovery failed and nothing is there to be scraped, and JSON says which', async (t) => {
    const only = config('127.0.0.1:1').replace(/array\.concat\((\S+), .*\)/, '$1');
    const file = await configFile(t, only);
    for (const command of ['targets', 'probe']) {
      const { status, stdout, stderr } = await runPewter([command, '--json', file]);
      assert.equal(status, 1);
      const { failures } = JSON.parse(stdout);
      assert.deepEqual(
        failures.map(({ component }: { component: string }) => component),
        ['discovery.http.all'],
      );
      assert.match(failures[0].error, /connection refused/);
      assert.match(
        stderr,
        new RegExp(`^pewter ${command}: discovery\\.http\\.all: .*connection refused`, 'm'),
      );
    }
  });

  test('refuses a config that is wrong, and one that is not there', async (t) => {
    const wrong = await runPewter(['targets', await configFile(t, 'pyroscope.scrape "x" { }')]);
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /missing|targets/);
    for (const command of ['targets', 'probe', 'relabel']) {
      const { status, stderr } = await runPewter([command, '/nowhere.alloy']);
      assert.equal(status, 2, command);
      assert.match(stderr, /cannot read \/nowhere\.alloy: there is no such file or directory/);
    }
  });
});

describe('pewter probe', () => {
  test('gives an endpoint no more time than a scrape has', async (t) => {
    const server = createServer((_, response) => void setTimeout(() => response.end(profile), 1500));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const file = await configFile(
      t,
      `pyroscope.scrape "x" {
  targets        = [{"__address__" = "127.0.0.1:${port}"}]
  forward_to     = []
  scrape_timeout = "300ms"
}`,
    );
    const { status, stdout } = await runPewter(['probe', file]);
    assert.equal(status, 1);
    assert.match(stdout, /all 9 endpoints +no: no answer from \S+ within 0\.3s\n +raise scrape_timeout\n/);
  });

  test('keeps targets of one address apart, names those that are refused, and shows no token', async (t) => {
    const { address } = await serve(t);
    const text = `pyroscope.scrape "x" {
  targets = [
    {"__address__" = "${address}", "service_name" = "one", "__param_token" = "hunter2"},
    {"__address__" = "${address}", "service_name" = "two", "__profile_path_prefix__" = "/nope"},
    {"__address__" = "${address}", "service_name" = "three", "bad-name" = "x", "__param_token" = "hunter2"},
  ]
  forward_to = []
}`;
    const file = await configFile(t, text);
    const { stdout } = await runPewter(['probe', file]);
    assert.match(stdout, /fits the 1 of 2 targets that gave a profile/);
    assert.match(stdout, /refused: \{.*service_name="three".*\}\n +invalid label name "bad-name"/);
    for (const command of [['probe', '--json'], ['targets'], ['targets', '--json']]) {
      const shown = await runPewter([...command, file]);
      assert.doesNotMatch(stdout + shown.stdout, /hunter2/, command.join(' '));
      assert.match(shown.stdout, /token=xxxxx/);
    }
  });

  test('heeds the limits of bodies, as a scrape does', async (t) => {
    const { address } = await serve(t);
    const limited = `pyroscope.scrape "s" {
  targets         = [{"__address__" = "${address}", "service_name" = "shop"}]
  forward_to      = []
  body_size_limit = "10B"
}`;
    const { status, stdout } = await runPewter(['probe', await configFile(t, limited)]);
    assert.equal(status, 1, stdout);
    assert.match(stdout, /all 9 endpoints +no: the response exceeds 10 bytes/);
  });

  test('asks every endpoint once, says what came, and which profiling_config fits', async (t) => {
    const { asked, address } = await serve(t);
    const only = config(address).replace(/array\.concat\((\S+), .*\)/, '$1');
    const { status, stdout, stderr } = await runPewter(['probe', await configFile(t, only)]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(asked.length, new Set(asked).size);
    assert.equal(asked.length, 9);
    assert.match(
      stdout,
      /process_cpu +ok: http:\S+seconds=1 answered 200, \d+ bytes, \d+ samples of samples\/count, cpu\/nanoseconds/,
    );
    const missing = /memory, mutex, \S.* no: server returned HTTP status \(404\)/;
    assert.match(stdout, missing);
    assert.match(stdout, /block +no: .*an HTML page/);
    const block = stdout.slice(stdout.indexOf('profiling_config {'));
    assert.deepEqual(
      [...block.matchAll(/profile\.(\w+) \{\s+enabled = (\w+)/g)].map(
        ([, kind, enabled]) => `${kind} ${enabled}`,
      ),
      ['memory false', 'block false', 'mutex false', 'godeltaprof_memory true'],
    );
  });

  test('says for how many of the targets the block is, where some gave no profile', async (t) => {
    const { address } = await serve(t);
    const all = config(address).replace(
      /array\.concat\((\S+), .*\)/,
      'array.concat($1, [{"__address__" = "127.0.0.1:1"}])',
    );
    const { status, stdout } = await runPewter(['probe', await configFile(t, all)]);
    assert.equal(status, 0);
    assert.match(stdout, /This block fits the 1 of 2 targets that gave a profile:/);
  });

  test('finds the block that it printed loadable', async (t) => {
    const { address } = await serve(t);
    const only = config(address).replace(/array\.concat\((\S+), .*\)/, '$1');
    const { stdout } = await runPewter(['probe', '--json', await configFile(t, only)]);
    const [{ profiling_config: block }] = JSON.parse(stdout).components;
    const file = await configFile(t, `pyroscope.scrape "x" {\n targets = []\n forward_to = []\n${block}\n}`);
    assert.equal((await runPewter(['validate', file])).status, 0);
  });

  test('advises nothing that an interval is too short for', async (t) => {
    const { address } = await serve(t);
    const targets = `[{"__address__" = "${address}"}]`;
    const start = `pyroscope.scrape "x" {\n targets = ${targets}\n forward_to = []\n scrape_interval = "1s"\n scrape_timeout = "1s"\n`;
    const off = ' profiling_config {\n  profile.process_cpu {\n   enabled = false\n  }\n }\n';
    const { stdout } = await runPewter(['probe', await configFile(t, `${start}${off}}`)]);
    assert.match(stdout, /Left out, as they are measured .*: process_cpu/);
    const block = stdout.slice(stdout.indexOf('profiling_config {'));
    assert.match(block, /profile\.process_cpu \{\s+enabled = false/);
    assert.equal((await runPewter(['validate', await configFile(t, `${start}${block}}`)])).status, 0);
  });

  test('trusts the authorities that the machine trusts, where no ca_file is given', async (t) => {
    const certificates = join(root, 'fixtures/certs');
    const read = (name: string) => readFileSync(join(certificates, name));
    const secure = { cert: read('server.pem'), key: read('server.key') };
    const server = createSecureServer(secure, (_, response) => void response.end(profile));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const targets = `[{"__address__" = "127.0.0.1:${port}", "__scheme__" = "https"}]`;
    const file = await configFile(t, `pyroscope.scrape "x" {\n targets = ${targets}\n forward_to = []\n}`);
    const probe = (authority: string) =>
      runPewter(['probe', file], { env: { SSL_CERT_FILE: join(certificates, authority), SSL_CERT_DIR: '' } });
    const [known, unknown] = await Promise.all([probe('ca.pem'), probe('other-ca.pem')]);
    assert.equal(known.status, 0, known.stdout);
    assert.equal(unknown.status, 1);
    assert.match(unknown.stdout, /TLS failed: \S+ \(unable to verify the first certificate\)/);
  });

  test('waits once for a target that never answers, and says what would let it wait longer', async (t) => {
    let asked = 0;
    const server = createServer(() => void asked++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const targets = `[{"__address__" = "127.0.0.1:${port}"}]`;
    const file = await configFile(t, `pyroscope.scrape "x" {\n targets = ${targets}\n forward_to = []\n}`);
    const { status, stdout } = await runPewter(['probe', '--request-timeout', '200ms', file]);
    assert.equal(status, 1);
    assert.match(stdout, /all 9 endpoints +no: no answer from \S+ within 0\.2s\n +raise --request-timeout\n/);
    assert.ok(asked < 9, 'what is measured is not asked of a process that answers nothing');
  });

  test('fails where no endpoint gives a profile', async (t) => {
    const file = await configFile(
      t,
      'pyroscope.scrape "x" {\n targets = [{"__address__" = "127.0.0.1:1"}]\n forward_to = []\n}',
    );
    const { status, stdout } = await runPewter(['probe', file]);
    assert.equal(status, 1);
    assert.equal(stdout.match(/connection refused/g)?.length, 1);
    assert.match(stdout, /all 9 endpoints +no: /);
    assert.match(stdout, /No endpoint gave a profile/);
  });
});
