import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { decodeBody, Secret, standardLibrary } from '@pewter/language';
import { parse, SourceFile } from '@pewter/syntax';
import { pino } from 'pino';
import { type HttpSettings, httpBlock } from './http-block.ts';
import { type RunningServer, type ServedRuntime, startServer } from './index.ts';

const certificates = join(import.meta.dirname, '../../../fixtures/certs');
const read = (name: string) => readFileSync(join(certificates, name));

const runtime: ServedRuntime = {
  ready: () => true,
  components: () => [],
  details: () => undefined,
  reload: async () => ({ ok: true }),
  metrics: async () => ({ contentType: 'text/plain', text: 'up 1\n' }),
};

/** The settings that the inside of an `http` block stands for, and what is wrong with it. */
function block(text: string, checking = false): { value?: HttpSettings; told: string[] } {
  const source = new SourceFile('c.alloy', text);
  const place = { source, range: { start: 0, end: 0 }, name: 'http' };
  const scope = standardLibrary({ stability: 'generally-available' });
  const options = checking ? { checking } : {};
  const { value, diagnostics } = decodeBody(
    parse(source).file.body,
    httpBlock.arguments,
    scope,
    place,
    options,
  );
  return {
    ...(value !== undefined && { value: value as HttpSettings }),
    told: diagnostics.map((one) => one.message),
  };
}

function settings(text: string): HttpSettings {
  const { value, told } = block(text);
  assert.deepEqual(told, []);
  assert.ok(value);
  return value;
}

async function served(t: TestContext, text: string): Promise<RunningServer> {
  const logger = pino({ level: 'silent' });
  const options = {
    host: '127.0.0.1',
    port: 0,
    runtime,
    logger,
    nodeName: '',
    readFile: (path: string) => read(path),
  };
  const server = await startServer({ ...options, settings: settings(text) });
  t.after(() => server.close());
  return server;
}

interface Client {
  readonly cert?: string;
  readonly key?: string;
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
  readonly ciphers?: string;
}

/** The status of a request over TLS, or the code of what went wrong; with what was agreed upon. */
function secured(url: string, { cert, key, ...client }: Client = {}): Promise<string> {
  const own = cert === undefined ? {} : { cert: read(cert), key: read(key ?? '') };
  const agent = new Agent({ ca: read('ca.pem'), ...own, ...client, keepAlive: false });
  return new Promise((resolve) => {
    const sent = request(`${url}/-/ready`, { agent }, (answer) => {
      const socket = answer.socket as import('node:tls').TLSSocket;
      resolve(`${answer.resume().statusCode} ${socket.getProtocol()} ${socket.getCipher().standardName}`);
    });
    sent.once('error', (error) => resolve('code' in error ? String(error.code) : error.message)).end();
  });
}

const basic = (text: string) => ({
  headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
});
const user = 'basic {\n username = "ann"\n password = "s3cret"\n}';
const server = 'cert_file = "server.pem"\nkey_file = "server.key"';
const mutual = (kind: string) =>
  `tls {\n${server}\nclient_ca_file = "ca.pem"\nclient_auth_type = "${kind}"\n}`;

describe('basic authentication', () => {
  const statusOf = async (url: string, given?: string) =>
    (await fetch(url, given === undefined ? {} : basic(given))).status;

  test('guards the paths that match and no others', async (t) => {
    const { url } = await served(t, `auth {\n${user}\nfilter {\n paths = ["/metrics", "/api"]\n}\n}`);
    const refused = await fetch(`${url}/metrics`);
    assert.equal(refused.status, 401);
    assert.equal(refused.headers.get('www-authenticate'), 'Basic realm="Restricted"');
    assert.equal(await refused.text(), '');
    assert.equal(await statusOf(`${url}/metrics`, 'ann:wrong'), 401);
    assert.equal(await statusOf(`${url}/metrics`, 'bob:s3cret'), 401);
    assert.equal(await statusOf(`${url}/metrics`, 'ann:s3cret'), 200);
    assert.equal(await statusOf(`${url}/api/v0/web/components`), 401);
    assert.equal(await statusOf(`${url}/%6detrics`), 401);
    assert.equal(await statusOf(`${url}/-/ready`), 200);
  });

  test('or all paths but those that match', async (t) => {
    const filter = 'filter {\n paths = ["/metrics"]\n authenticate_matching_paths = false\n}';
    const { url } = await served(t, `auth {\n${user}\n${filter}\n}`);
    assert.equal(await statusOf(`${url}/metrics`), 200);
    assert.equal(await statusOf(`${url}/-/reload`), 401);
    assert.equal(await statusOf(`${url}/-/reload`, 'ann:s3cret'), 200);
    assert.equal(await statusOf(`${url}/nowhere`), 401);
  });

  test('without a filter guards everything', async (t) => {
    const { url } = await served(t, `auth {\n${user}\n}`);
    for (const path of ['/metrics', '/-/ready', '/-/reload', '/debug/pprof/', '/nowhere'])
      assert.equal(await statusOf(url + path), 401, path);
    assert.equal(await statusOf(`${url}/metrics`, 'ann:wrong'), 401);
    assert.equal(await statusOf(`${url}/metrics`, 'ann:s3cret'), 200);
  });

  test('with a filter of no paths guards nothing, as in the reference', async (t) => {
    const { url } = await served(t, `auth {\n${user}\nfilter {\n}\n}`);
    assert.equal(await statusOf(`${url}/metrics`), 200);
  });

  test('changes with the settings, on connections that there are too', async (t) => {
    const running = await served(t, '');
    assert.equal(await statusOf(`${running.url}/metrics`), 200);
    running.configure(settings(`auth {\n${user}\nfilter {\n paths = ["/"]\n}\n}`));
    assert.equal(await statusOf(`${running.url}/metrics`), 401);
    running.configure(undefined);
    assert.equal(await statusOf(`${running.url}/metrics`), 200);
  });
});

describe('TLS', () => {
  test('is served with a certificate from files or texts', async (t) => {
    const { url } = await served(t, `tls {\n${server}\n}`);
    assert.match(url, /^https:/);
    assert.match(await secured(url), /^200 TLSv1\.3 /);
    const pem = (name: string) => JSON.stringify(read(name).toString('utf8'));
    const texts = await served(
      t,
      `tls {\ncert_pem = ${pem('server.pem')}\nkey_pem = ${pem('server.key')}\n}`,
    );
    assert.match(await secured(texts.url), /^200 /);
  });

  test('asks clients for certificates as it is told to', async (t) => {
    const own = { cert: 'client.pem', key: 'client.key' };
    const verdicts = async (kind: string, client: Client) =>
      (await secured((await served(t, mutual(kind))).url, client)).startsWith('200');
    for (const kind of ['RequestClientCert', 'VerifyClientCertIfGiven'])
      assert.deepEqual([kind, await verdicts(kind, {}), await verdicts(kind, own)], [kind, true, true]);
    for (const kind of ['RequireAnyClientCert', 'RequireAndVerifyClientCert'])
      assert.deepEqual([kind, await verdicts(kind, {}), await verdicts(kind, own)], [kind, false, true]);
  });

  test('refuses certificates of another authority where they are verified', async (t) => {
    const verdict = async (kind: string) => {
      const text = mutual(kind).replace('"ca.pem"', '"other-ca.pem"');
      return (
        await secured((await served(t, text)).url, { cert: 'client.pem', key: 'client.key' })
      ).startsWith('200');
    };
    assert.equal(await verdict('RequireAnyClientCert'), true);
    assert.equal(await verdict('VerifyClientCertIfGiven'), false);
    assert.equal(await verdict('RequireAndVerifyClientCert'), false);
  });

  test('keeps to versions, cipher suites and curves', async (t) => {
    const suite = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';
    const older = await served(t, `tls {\n${server}\nmax_version = "TLS12"\n}`);
    assert.match(await secured(older.url), /^200 TLSv1\.2 /);
    const newest = await served(t, `tls {\n${server}\nmin_version = "TLS13"\n}`);
    assert.doesNotMatch(await secured(newest.url, { maxVersion: 'TLSv1.2' }), /^200/);
    const chosen = await served(
      t,
      `tls {\n${server}\ncipher_suites = ["${suite}"]\ncurve_preferences = ["CurveP256"]\n}`,
    );
    assert.match(await secured(chosen.url), /^200 TLSv1\.3 /);
    const agreed = await secured(chosen.url, { maxVersion: 'TLSv1.2' });
    assert.equal(agreed, `200 TLSv1.2 ${suite}`);
  });

  test('is switched on and off on the same port', async (t) => {
    const running = await served(t, '');
    assert.equal((await fetch(`${running.url}/-/ready`)).status, 200);
    running.configure(settings(`tls {\n${server}\n}`));
    assert.match(await secured(running.url), /^200/);
    running.configure(settings(''));
    assert.match(running.url, /^http:/);
    const again = await fetch(`${running.url}/-/ready`, { headers: { connection: 'close' } });
    assert.equal(again.status, 200);
  });

  test('that is idle does not hold up the end', { timeout: 4_000 }, async (t) => {
    const { url, close } = await served(t, `tls {\n${server}\n}`);
    const agent = new Agent({ ca: read('ca.pem'), keepAlive: true });
    t.after(() => agent.destroy());
    await new Promise<void>((resolve, reject) => {
      request(`${url}/-/ready`, { agent }, (answer) => answer.resume().once('end', resolve))
        .once('error', reject)
        .end();
    });
    await close();
  });

  test('that cannot be had leaves what there is', async (t) => {
    const running = await served(t, '');
    const wrong = settings('tls {\ncert_file = "server.pem"\nkey_file = "client.key"\n}');
    assert.throws(() => running.configure(wrong), {
      code: 'settings-unusable',
      message: /`tls` of `http` cannot be used/,
    });
    const missing = settings('tls {\ncert_file = "gone.pem"\nkey_file = "server.key"\n}');
    assert.throws(() => running.configure(missing), { message: /gone\.pem/ });
    const ofWindows = settings('tls {\nwindows_certificate_filter {\nserver {}\nclient {}\n}\n}');
    assert.throws(() => running.configure(ofWindows), { message: /certificate store of Windows/ });
    assert.equal((await fetch(`${running.url}/-/ready`)).status, 200);
  });
});

describe('the http block', () => {
  test('tells what does not fit together', () => {
    assert.match(block('tls {\nkey_file = "k"\n}').told.join(), /needs `cert_pem` or `cert_file`/);
    assert.match(block('tls {\ncert_file = "c"\n}').told.join(), /needs `key_pem` or `key_file`/);
    assert.match(block(`tls {\n${server}\ncert_pem = "x"\n}`).told.join(), /are both given/);
    assert.match(block(`tls {\n${server}\nclient_ca_file = "x"\n}`).told.join(), /no client is asked/);
    assert.match(
      block(`tls {\n${server}\nmin_version = "TLS14"\n}`).told.join(),
      /unknown TLS version "TLS14"/,
    );
    assert.match(block(`tls {\n${server}\ncipher_suites = ["RC4"]\n}`).told.join(), /unknown cipher suite/);
  });

  test('tells of a filter that guards nothing where it is checked', () => {
    assert.match(block(`auth {\n${user}\nfilter {\n}\n}`, true).told.join(), /guards nothing/);
    assert.deepEqual(block(`auth {\n${user}\nfilter {\npaths = ["/"]\n}\n}`, true).told, []);
  });

  test('holds its secrets as secrets', () => {
    const { auth } = settings(`auth {\n${user}\n}`);
    assert.ok(auth?.basic?.password instanceof Secret);
  });
});
