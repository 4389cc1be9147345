import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { root, scratchFolder } from './harness/files.ts';
import { runScript } from './harness/shell.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const good =
  'pyroscope.scrape "app" {\n\ttargets    = [{"__address__" = "localhost:6060"}]\n\tforward_to = []\n}\n';
const bad = good.replace('targets ', 'target  ');

async function folderWith(t: TestContext, text: string): Promise<string> {
  const folder = await scratchFolder();
  t.after(() => folder[Symbol.asyncDispose]());
  await folder.write('a b.alloy', text);
  return folder.path;
}

describe('the GitHub Action', () => {
  const action = parse(read('action.yml'));
  const [step] = action.runs.steps;
  const inputs: Record<string, { default: string }> = action.inputs;

  /** The environment of the step with these inputs, as the runner fills it. */
  function environment(given: Readonly<Record<string, string>>): Record<string, string> {
    const entries = Object.entries(step.env as Record<string, string>).map(([name, value]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      return [name, given[input] ?? inputs[input]?.default ?? assert.fail(`${name} takes no input`)];
    });
    return Object.fromEntries(entries);
  }

  test('annotates what is wrong, and fails', async (t) => {
    const { status, out } = await runScript(step.run, await folderWith(t, bad), environment({}));
    assert.equal(status, 1);
    assert.match(out, /^::error file=a b\.alloy,line=1,endLine=1,col=1,endColumn=22,title=E0401::/m);
  });

  test('takes several paths and flags, and passes a config that is right', async (t) => {
    const folder = await folderWith(t, good);
    const given = { paths: 'a b.alloy\n*.alloy\n', args: '--deny-warnings --lint unused-component=off' };
    const { status, out, err } = await runScript(step.run, folder, environment(given));
    assert.equal(status, 0, err);
    assert.equal(out, '1 config checked: no errors\n');
  });

  test('writes a report where it is told', async (t) => {
    const folder = await folderWith(t, bad);
    const { status } = await runScript(step.run, folder, environment({ format: 'sarif', output: 'x.sarif' }));
    assert.equal(status, 1);
    assert.equal(JSON.parse(await readFile(join(folder, 'x.sarif'), 'utf8')).version, '2.1.0');
  });

  test('runs nothing that an input says', async (t) => {
    const given = { paths: '$(touch hacked)', args: '; touch hacked', version: 'x; touch hacked' };
    const folder = await folderWith(t, good);
    await runScript(step.run, folder, environment(given));
    await assert.rejects(readFile(join(folder, 'hacked')));
  });
});

describe('the pre-commit hooks', () => {
  const hooks: { id: string; entry: string; files: string }[] = parse(read('.pre-commit-hooks.yaml'));
  const hook = (id: string) => hooks.find((one) => one.id === id) ?? assert.fail(`there is no hook ${id}`);

  test('validate what is committed', async (t) => {
    const { entry, files } = hook('pewter-validate');
    assert.match('configs/a b.alloy', new RegExp(files));
    assert.doesNotMatch('a.alloy.md', new RegExp(files));
    assert.equal((await runScript(`${entry} 'a b.alloy'`, await folderWith(t, good))).status, 0);
    assert.equal((await runScript(`${entry} 'a b.alloy'`, await folderWith(t, bad))).status, 1);
  });

  test('format what is committed', async (t) => {
    const folder = await folderWith(t, good.replaceAll('\t', ' '));
    assert.equal((await runScript(`${hook('pewter-fmt').entry} 'a b.alloy'`, folder)).status, 0);
    assert.equal(await readFile(join(folder, 'a b.alloy'), 'utf8'), good);
  });
});

describe('docs/ci.md', () => {
  const blocks = (language: string) =>
    [...read('docs/ci.md').matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
      (match) => match[1] ?? '',
    );
  const examples = blocks('yaml').map((text) => parse(text));

  test('has workflows of GitHub whose action and commands are those here', async (t) => {
    const workflows = examples.filter((one) => one.jobs !== undefined);
    const steps = workflows.flatMap((one) => one.jobs.validate.steps);
    const inputs = Object.keys(parse(read('action.yml')).inputs);
    const action = steps.find(({ uses = '' }) => uses.startsWith('OWNER/pewter@'));
    for (const name of Object.keys(action.with)) assert.ok(inputs.includes(name), name);
    const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    assert.ok(commands.length > 0);
    for (const command of commands) {
      const ran = await runScript(command, await folderWith(t, good));
      assert.equal(ran.status, 0, ran.err);
      assert.equal((await runScript(command, await folderWith(t, bad))).status, 1);
    }
  });

  test('has a job of GitLab that leaves its report', async (t) => {
    const job = examples.find((one) => one['validate-configs'] !== undefined)['validate-configs'];
    const folder = await folderWith(t, bad);
    const ran = await runScript(job.script.join('\n'), folder);
    assert.equal(ran.status, 1, ran.err);
    assert.match(await readFile(join(folder, job.artifacts.reports.junit), 'utf8'), /<failure type="E0401"/);
    assert.equal((await runScript(job.script.join('\n'), await folderWith(t, good))).status, 0);
  });

  test('has pre-commit configurations whose hooks are there', () => {
    const ids = (parse(read('.pre-commit-hooks.yaml')) as { id: string }[]).map(({ id }) => id);
    const used = examples.flatMap((one) => one.repos ?? []).flatMap(({ hooks }) => hooks);
    assert.ok(used.length >= 3);
    for (const { id } of used) assert.ok(ids.includes(id), id);
  });

  test('has a config whose comments turn its warnings off', async (t) => {
    const [config = ''] = blocks('alloy');
    const folder = await folderWith(t, config);
    const { status, out } = await runScript("npx --yes pewter validate --deny-warnings 'a b.alloy'", folder);
    assert.equal(status, 0);
    assert.equal(out, '1 config checked: no errors\n');
  });
});
