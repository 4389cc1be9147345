import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const write = 'pyroscope.write "local" {\n\tendpoint {\n\t\turl = "http://127.0.0.1:4040"\n\t}\n}\n';
const scrape = 'pyroscope.scrape "a" {\n\ttargets = []\n\tforward_to = [pyroscope.write.local.receiver]\n}\n';

async function validate(...args: string[]) {
  return validateInput('', ...args);
}

async function validateInput(input: string | Uint8Array, ...args: string[]) {
  const host = new TestHost(input);
  return { status: await runProgram(['validate', ...args], host), out: host.out, err: host.err };
}

describe('pewter validate', () => {
  test('is content with a config that loads', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape + write });
    const { status, out } = await validate(join(folder, 'a.alloy'));
    assert.equal(status, 0);
    assert.equal(out, '1 config checked: no errors\n');
  });

  test('shows each mistake with its place, and fails', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape, 'b.alloy': scrape + write });
    const { status, out, err } = await validate(join(folder, 'a.alloy'), join(folder, 'b.alloy'));
    assert.equal(status, 1);
    assert.match(err, /a\.alloy:3:16/);
    assert.match(err, /E02\d\d/);
    assert.equal(out, '2 configs checked: 1 error\n');
  });

  test('shows no secret in the lines of source, neither by name nor where only the schema knows', async () => {
    const config = [
      'prometheus.exporter.mysql "m" {',
      '  data_source_name = "root:hunter2@tcp(db:3306)/"',
      '  wrong            = true',
      '}',
      'discovery.http "h" {',
      '  url = "http://me:hunter2@sd"',
      '  http_headers = {"X-Any" = ["hunter2"]}',
      '  wrong        = true',
      '  basic_auth { password = "hunter2" }',
      '}',
    ].join('\n');
    for (const format of ['text', 'json', 'github', 'sarif', 'junit', 'checkstyle']) {
      const { status, out, err } = await validateInput(config, '-', '--format', format);
      assert.equal(status, 1);
      assert.doesNotMatch(out + err, /hunter2/, format);
    }
    const { err } = await validateInput(config, '-');
    assert.match(err, / 2 \| {3}data_source_name = "\*{26}"\n/);
    assert.match(err, / 3 \| {3}wrong {12}= true\n {4}\| {3}\^\^\^\^\^\n/);
  });

  test('warns of an API that is not guarded though it seems so, and of its password in the text', async () => {
    const http = (auth: string) => `http {\n  auth {\n${auth}\n  }\n}\n`;
    const user = 'basic {\nusername = "ann"\npassword = "hunter2"\n}';
    const codes = async (config: string) => {
      const { status, out } = await validateInput(config, '-', '--format', 'json');
      assert.equal(status, 0);
      return JSON.parse(out).results[0].diagnostics.map((one: { code: string }) => one.code);
    };
    assert.deepEqual(await codes(http(user)), ['W0526']);
    const fromOutside = user.replace('"hunter2"', 'sys.env("PASSWORD")');
    assert.deepEqual(await codes(http(fromOutside)), []);
    assert.deepEqual(await codes(http(`${fromOutside}\nfilter { }`)), ['W0501']);
    assert.deepEqual(await codes(http('filter { paths = ["/"] }')), ['W0501']);
    for (const filter of ['paths = ["/metrics"]', 'authenticate_matching_paths = false'])
      assert.deepEqual(await codes(http(`${fromOutside}\nfilter { ${filter} }`)), []);
  });

  test('takes the files of a directory as one config', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape, 'b.alloy': write });
    const { status, out } = await validate(folder);
    assert.equal(status, 0, out);
  });

  test('takes patterns, and a path that is named twice once', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape + write, 'x/b.alloy': scrape + write });
    const { status, out } = await validate(join(folder, '**', '*.alloy'), join(folder, 'x', 'b.alloy'));
    assert.equal(status, 0);
    assert.equal(out, '2 configs checked: no errors\n');
    assert.match((await validate(join(folder, 'y*'))).err, /nothing matches the pattern .*y\*/);
  });

  test('takes standard input as one more config', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape + write });
    const { status, out, err } = await validateInput(scrape, '-', join(folder, 'a.alloy'));
    assert.equal(status, 1);
    assert.match(err, /<stdin>:3:16/);
    assert.equal(out, '2 configs checked: 1 error\n');
  });

  test('shows a byte that is not UTF-8 at its place', async () => {
    const { status, err } = await validateInput(Buffer.from([...Buffer.from('// '), 0xff]), '-');
    assert.equal(status, 1);
    assert.match(err, /<stdin>:1:4: error\[E0104\]/);
  });

  test('goes on after what it cannot read, and says so by its status', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape + write });
    const { status, out, err } = await validate(join(folder, 'gone.alloy'), join(folder, 'a.alloy'));
    assert.equal(status, 2);
    assert.match(err, /cannot read .*gone\.alloy: there is no such file or directory/);
    assert.equal(out, '1 config checked: no errors, 1 not readable\n');
    assert.equal((await validate(join(folder, 'gone.alloy'))).out, 'nothing checked: 1 not readable\n');
  });

  test('does not take warnings for errors, unless they are denied', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': write });
    const path = join(folder, 'a.alloy');
    const fine = await validate(path);
    assert.equal(fine.status, 0);
    assert.match(fine.err, /warning\[W0521\]/);
    const denied = await validate('--deny-warnings', path);
    assert.equal(denied.status, 1);
    assert.equal(denied.out, '1 config checked: 1 warning (denied)\n');
  });

  test('takes all paths as one config when asked to', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape, 'b.alloy': write });
    const { status, out, err } = await validate('--as-one', join(folder, 'a.alloy'), join(folder, 'b.alloy'));
    assert.equal(status, 0, err);
    assert.equal(out, '1 config checked: no errors\n');
  });

  test('allows community components only when asked to', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': 'prometheus.exporter.kafka_x "a" { }' });
    const community = 'otelcol.exporter.datadog "a" {\n  api {\n    api_key = sys.env("K")\n  }\n}\n';
    const path = join(await temporaryFolder(t, { 'c.alloy': community }), 'c.alloy');
    assert.equal((await validate(join(folder, 'a.alloy'))).status, 1);
    const refused = await validate('--stability.level=experimental', path);
    assert.equal(refused.status, 1);
    assert.match(refused.err, /enable them with --feature\.community-components\.enabled/);
    const flags = ['--stability.level=experimental', '--feature.community-components.enabled'];
    const { err } = await validate(...flags, path);
    assert.doesNotMatch(err, /community/);
  });

  test('checks only what a family of components needs', async (t) => {
    const other = 'loki.write "broken" {\n\tbogus = 1\n}\n';
    const fed = 'discovery.http "sd" {\n\turl = 1 + {}\n}\n';
    const path = join(await temporaryFolder(t, { 'a.alloy': scrape + write + other + fed }), 'a.alloy');
    assert.equal((await validate(path)).status, 1);
    assert.equal((await validate('--slice', 'pyroscope', path)).status, 0);
    const using = scrape.replace('[]', 'discovery.http.sd.targets');
    const feeding = join(await temporaryFolder(t, { 'a.alloy': using + write + fed + other }), 'a.alloy');
    const sliced = await validate('--only=pyroscope', feeding);
    assert.equal(sliced.status, 1);
    assert.doesNotMatch(sliced.err, /bogus/);
    assert.match(sliced.err, /discovery\.http/);
    const mistyped = await validate('--slice=pyroscop', feeding);
    assert.equal(mistyped.status, 2);
    assert.match(mistyped.err, /there are no components pyroscop\.\*/);
  });

  test('leaves out lints that are turned off, and knows their names', async (t) => {
    const path = join(await temporaryFolder(t, { 'a.alloy': write }), 'a.alloy');
    assert.equal((await validate('--lint', 'unused-component=off', path)).err, '');
    const unknown = await validate('--lint=unused=off', path);
    assert.equal(unknown.status, 2);
    assert.match(unknown.err, /there is no lint unused/);
    const { out, status } = await validate('--list-lints');
    assert.equal(status, 0);
    assert.match(out, /unused-component +W0521 /);
  });

  test('reads imported files, and leaves them alone when told to', async (t) => {
    const module =
      'declare "double" {\n  argument "v" { }\n  export "w" {\n    value = argument.v.value * 2\n  }\n}\n';
    const folder = await temporaryFolder(t, { 'lib.alloy': module });
    const text = `import.file "lib" {\n  filename = "${join(folder, 'lib.alloy')}"\n}\nlib.double "d" {\n  bogus = 1\n}\n`;
    const path = join(await temporaryFolder(t, { 'a.alloy': text }), 'a.alloy');
    assert.match((await validate(path)).err, /bogus/);
    assert.equal((await validate('--resolve-imports=off', path)).status, 0);
  });

  test('shows the first errors of what is no config, and all when asked to or for programs', async (t) => {
    const wrong = Array.from({ length: 30 }, (_, at) => `unknown.thing "a${at}" { }\n`).join('');
    const folder = await temporaryFolder(t, { 'a.alloy': wrong, 'b.alloy': scrape });
    const path = join(folder, 'a.alloy');
    const shown = (text: string) => text.match(/error\[/g)?.length;
    const few = await validate(path, join(folder, 'b.alloy'));
    assert.equal(shown(few.err), 21, 'twenty of the first, one of the second');
    assert.match(few.err, /\n… and 10 more findings in \S+a\.alloy; --all shows them\n/);
    assert.match(few.out, /31 errors/);
    const all = await validate('--all', path);
    assert.equal(shown(all.err), 30);
    assert.doesNotMatch(all.err, /--all/);
    assert.equal(JSON.parse((await validate('--format=json', path)).out).results[0].diagnostics.length, 30);
  });

  test('tells once, where a person watches, how to look a code up and to turn a warning off', async (t) => {
    const path = join(await temporaryFolder(t, { 'a.alloy': write }), 'a.alloy');
    const watched = new TestHost();
    Object.assign(watched.stderr, { terminal: true });
    assert.equal(await runProgram(['validate', path, path], watched), 0);
    assert.equal(watched.err.match(/`pewter docs W0521` tells .*`--lint W0521=off`/g)?.length, 1);
    assert.doesNotMatch((await validate(path)).err, /pewter docs/);
  });

  test('needs paths', async () => {
    const { status, err } = await validate();
    assert.equal(status, 2);
    assert.match(err, /missing required argument/);
  });
});
