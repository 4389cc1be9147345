import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { root, scratchFolder } from './harness/files.ts';
import { runScript } from './harness/shell.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const program = join(root, 'packages/cli/bin/pewter.cjs');
const good =
  'pyroscope.scrape "app" {\n\ttargets    = [{"__address__" = "localhost:6060"}]\n\tforward_to = [pyroscope.write.out.receiver]\n}\n\npyroscope.write "out" {\n\tendpoint {\n\t\turl = "http://localhost:4040"\n\t}\n}\n';
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
      if (/^\$\{\{ github\.action_path \}\}$/.test(value)) return [name, root];
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
    const given = { paths: '$(touch hacked)', args: '; touch hacked', format: 'x; touch hacked' };
    const folder = await folderWith(t, good);
    await runScript(step.run, folder, environment(given));
    await assert.rejects(readFile(join(folder, 'hacked')));
  });
});

describe('the pre-commit hooks', () => {
  const hooks: { id: string; language: string; entry: string; files: string }[] = parse(
    read('.pre-commit-hooks.yaml'),
  );
  /** The hook as pre-commit runs it: of language `script`, its entry is a path in the checkout of the hooks. */
  const hook = (id: string) => {
    const { language, entry, files } = hooks.find((one) => one.id === id) ?? assert.fail(`no hook ${id}`);
    assert.equal(language, 'script');
    return { entry: join(root, entry), files };
  };

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

  test('has workflows of GitHub whose action is the one here', () => {
    const workflows = examples.filter((one) => one.jobs !== undefined);
    const steps = workflows.flatMap((one) => one.jobs.validate.steps);
    const inputs = Object.keys(parse(read('action.yml')).inputs);
    const actions = steps.filter(({ uses = '' }) => uses.startsWith('OWNER/pewter@'));
    assert.equal(actions.length, workflows.length);
    for (const action of actions)
      for (const name of Object.keys(action.with)) assert.ok(inputs.includes(name), name);
  });

  test('takes nothing from npm under a name that is not published', () => {
    for (const file of ['docs/ci.md', 'action.yml', '.pre-commit-hooks.yaml'])
      assert.doesNotMatch(read(file), /npx (--yes|-y)|npm (i|install|exec) .*pewter/, file);
  });

  test('has a job of GitLab that leaves its report', async (t) => {
    const job = examples.find((one) => one['validate-configs'] !== undefined)['validate-configs'];
    const folder = await folderWith(t, bad);
    const script = [...job.before_script, ...job.script].join('\n');
    const ran = await runScript(script, folder);
    assert.equal(ran.status, 1, ran.err);
    assert.match(await readFile(join(folder, job.artifacts.reports.junit), 'utf8'), /<failure type="E0401"/);
    assert.equal((await runScript(script, await folderWith(t, good))).status, 0);
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
    const { status, out } = await runScript(`${program} validate --deny-warnings 'a b.alloy'`, folder);
    assert.equal(status, 0);
    assert.equal(out, '1 config checked: no errors\n');
  });
});
