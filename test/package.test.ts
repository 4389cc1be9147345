import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { root, type ScratchFolder, scratchFolder } from './harness/files.ts';
import { loadedModules } from './harness/loaded-modules.ts';
import { runNode, spawnNode } from './harness/process.ts';

const run = promisify(execFile);
const cli = join(root, 'packages', 'cli');
// The Node of the tests comes first, so that npm and what it installs run on it too.
const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;

const good =
  'discovery.relabel "r" {\n  targets = []\n  rule {\n    regex  = "(a|b)+c"\n    action = "labeldrop"\n  }\n}\n';
/** Loki does not run here: its schema comes from the data files beside the program. */
const known = 'loki.write "w" {\n  endpoint {\n    url = "http://127.0.0.1:9"\n  }\n}\n';
const wrong = 'discovery.http "h" {\n  url = 5 +\n}\n';

describe('the published package', () => {
  let folder: ScratchFolder;
  let cwd = '';
  const env = () => ({
    ...process.env,
    PATH: path,
    npm_config_cache: join(folder.path, 'npm'),
    NODE_DISABLE_COMPILE_CACHE: '1',
  });
  const start = async (program: string, ...args: readonly string[]) => {
    const told = await run(program, args, { cwd, env: env() }).catch(
      (failed: { code: number; stdout: string; stderr: string }) => failed,
    );
    return { status: 'code' in told ? told.code : 0, out: told.stdout, err: told.stderr };
  };
  const pewter = (...args: readonly string[]) => start(join(cwd, 'node_modules', '.bin', 'pewter'), ...args);

  before(async () => {
    folder = await scratchFolder();
    const packed = join(folder.path, 'package');
    const built = await runNode([join(cli, 'scripts', 'build.ts'), join(packed, 'dist')]);
    assert.equal(built.status, 0, built.stderr);
    await cp(join(cli, 'bin'), join(packed, 'bin'), { recursive: true });
    await cp(join(cli, 'package.json'), join(packed, 'package.json'));
    const pack = ['pack', '--ignore-scripts', '--pack-destination', folder.path];
    const { stdout } = await run('npm', pack, { cwd: packed, env: env() });
    cwd = join(folder.path, 'user');
    await mkdir(cwd);
    const tarball = join(folder.path, stdout.trim().split('\n').at(-1) ?? '');
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd, env: env() });
  });
  after(() => folder[Symbol.asyncDispose]());

  test('needs nothing else: an empty folder gets one package', async () => {
    const installed = await readdir(join(cwd, 'node_modules'));
    assert.deepEqual(
      installed.filter((name) => !name.startsWith('.')),
      ['pewter'],
    );
  });

  test('checks configs, also of components that do not run here', async () => {
    await writeFile(join(cwd, 'good.alloy'), good + known);
    assert.equal((await start('npx', '--offline', 'pewter', 'validate', 'good.alloy')).status, 0);
    await writeFile(join(cwd, 'wrong.alloy'), wrong);
    const { status, err } = await pewter('validate', 'wrong.alloy');
    assert.equal(status, 1);
    assert.match(err, /wrong\.alloy:3:1: error\[E01/);
    await writeFile(join(cwd, 'misspelt.alloy'), known.replace('url', 'urll'));
    assert.match((await pewter('validate', 'misspelt.alloy')).err, /did you mean `url`/);
  });

  test('has the pages that docs shows parts of', async () => {
    assert.match((await pewter('docs', 'E0302')).out, /^E0302 unknown field\n/);
    assert.match((await pewter('docs', 'sys.env')).out, /^sys\.env\(name\)\n/);
  });

  test('reads few files to check a config: the launcher, the command line, what parses, what checks', async () => {
    const bin = join(cwd, 'node_modules', 'pewter', 'bin', 'pewter.cjs');
    await writeFile(join(cwd, 'small.alloy'), 'logging { }\n');
    const { status, files } = await loadedModules([bin, 'validate', join(cwd, 'small.alloy')]);
    assert.equal(status, 0);
    assert.ok(files <= 14, `${files} files`);
  });

  test('formats and evaluates', async () => {
    await writeFile(join(cwd, 'loose.alloy'), 'logging   {\n}\n');
    assert.equal((await pewter('fmt', '--check', 'loose.alloy')).status, 1);
    assert.equal((await pewter('eval', 'encoding.from_yaml("a: [1, 2]")["a"][1]')).out.trim(), '2');
  });

  test('runs a config until it is told to stop', async () => {
    const config = join(cwd, 'run.alloy');
    await writeFile(
      config,
      `${good}pyroscope.write "w" {\n  endpoint {\n    url = "http://127.0.0.1:9"\n  }\n}\n`,
    );
    const bin = join(cwd, 'node_modules', 'pewter', 'bin', 'pewter.cjs');
    const args = [
      'run',
      '--server.http.listen-addr=127.0.0.1:0',
      `--storage.path=${folder.path}/data`,
      config,
    ];
    const { status, stderr } = await runNode([bin, ...args], /HTTP API listens/);
    assert.equal(status, 0, stderr);
    assert.match(stderr, /config loaded.*components=2/);
  });

  test('starts what it runs as threads and processes: a queue in a file, the services of the demo', async () => {
    const bin = join(cwd, 'node_modules', 'pewter', 'bin', 'pewter.cjs');
    const config = join(cwd, 'queue.alloy');
    await writeFile(
      config,
      'pyroscope.write "w" {\n  endpoint {\n    url = "http://127.0.0.1:9"\n    queue { }\n  }\n}\n',
    );
    const data = join(folder.path, 'queued');
    const args = ['run', '--server.http.listen-addr=127.0.0.1:0', `--storage.path=${data}`, config];
    const { status, stderr } = await runNode([bin, ...args], /HTTP API listens/);
    assert.equal(status, 0, stderr);
    assert.match((await readdir(data, { recursive: true })).join(), /queue-.*\.db/);
    await using demo = spawnNode([bin, 'demo'], { cwd });
    await demo.stdout.until(
      (lines) => lines.some((line) => /^Targets found/.test(line)),
      'the services of the demo',
      20_000,
    );
  });
});

describe('a bundle in a checkout', () => {
  /** A checkout in small: the launcher, a source, and a bundle that says that it is made of it. */
  async function checkout(): Promise<ScratchFolder & { answer(): Promise<string> }> {
    const folder = await scratchFolder();
    const at = (...names: readonly string[]) => join(folder.path, 'packages', 'cli', ...names);
    await cp(join(cli, 'bin'), at('bin'), { recursive: true });
    for (const [name, says] of [
      ['src/main.ts', 'sources'],
      ['dist/main.js', 'bundle'],
    ] as const) {
      await mkdir(dirname(at(name)), { recursive: true });
      await writeFile(at(name), `console.log('${says}');\n`);
    }
    await writeFile(at('dist', 'package.json'), '{"type": "module"}');
    await utimes(at('src', 'main.ts'), 1_000_000, 1_000_000);
    const size = (await readFile(at('src', 'main.ts'))).length;
    await writeFile(
      at('dist', 'inputs.json'),
      JSON.stringify([['packages/cli/src/main.ts', size, 1_000_000_000]]),
    );
    // What is installed is no matter here.
    await writeFile(
      at('bin', 'setup.cjs'),
      'module.exports = { ensureInstalled: () => process.execPath };\n',
    );
    const answer = async () => (await runNode([at('bin', 'pewter.cjs')])).stdout.trim();
    return { ...folder, answer, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  }

  test('runs while its sources are what they were', async () => {
    await using one = await checkout();
    assert.equal(await one.answer(), 'bundle');
  });

  test('gives way to the sources when one of them has another time, another size, or is gone', async () => {
    await using one = await checkout();
    const source = join(one.path, 'packages', 'cli', 'src', 'main.ts');
    await utimes(source, 1_000_001, 1_000_001);
    assert.equal(await one.answer(), 'sources');
    await writeFile(source, "console.log('sources 2');\n");
    await utimes(source, 1_000_000, 1_000_000);
    assert.equal(await one.answer(), 'sources 2');
    const inputs = join(one.path, 'packages', 'cli', 'dist', 'inputs.json');
    await writeFile(inputs, '[["packages/gone.ts", 1, 1]]');
    assert.equal(await one.answer(), 'sources 2');
  });
});
