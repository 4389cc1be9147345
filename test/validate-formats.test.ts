import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { TestHost } from '../packages/cli/src/host.test-help.ts';
import { runProgram } from '../packages/cli/src/program.ts';
import { temporaryFolder } from '../packages/cli/src/temporary-folder.test-help.ts';
import { fixturePath, root } from './harness/files.ts';

const wrong = `pyroscope.scrape "ä" {
  targets    = [{"__address__" = "a<b&c:1"}]
  forward_to = [pyroscope.write.gone.receiver]
  scrape_interval = 10s
}
`;
const odd = 'pyroscope.write "unread" {\n  endpoint {\n    url = "http://127.0.0.1:4040"\n  }\n}\n';
const twice = `${odd}${odd}`;

/** What `validate` says in one form of four files: one with errors, one with a warning, one with a related place, one that is not there. */
async function reported(t: TestContext, format: string, ...flags: string[]) {
  const folder = await temporaryFolder(t, {
    'wrong file.alloy': wrong,
    'odd.alloy': odd,
    'twice.alloy': twice,
  });
  const host = new TestHost();
  const paths = ['wrong file.alloy', 'odd.alloy', 'twice.alloy', 'gone.alloy'].map((name) =>
    join(folder, name),
  );
  const status = await runProgram(['validate', `--format=${format}`, ...flags, ...paths], host);
  return { status, out: host.out, err: host.err, folder };
}

describe('the reports of validate', () => {
  test('as JSON follow the schema in docs/', async (t) => {
    const { out, status, folder } = await reported(t, 'json');
    assert.equal(status, 2);
    const schema = JSON.parse(await readFile(join(root, 'docs/validate-report.schema.json'), 'utf8'));
    const ajv = new Ajv2020({ strictTypes: false });
    const validate = ajv.compile(schema);
    const report = JSON.parse(out);
    assert.equal(validate(report), true, JSON.stringify(validate.errors));
    assert.deepEqual(
      report.results.map(({ file, ok }: { file: string; ok: boolean }) => [
        file.slice(folder.length + 1),
        ok,
      ]),
      [
        ['wrong file.alloy', false],
        ['odd.alloy', true],
        ['twice.alloy', false],
        ['gone.alloy', false],
      ],
    );
    assert.deepEqual(Object.keys(report), ['version', 'results']);
    const first = report.results[1].diagnostics[0];
    assert.deepEqual(Object.keys(first), ['code', 'severity', 'message', 'hint', 'file', 'range']);
    assert.deepEqual(first.range, { start: { line: 1, column: 1 }, end: { line: 1, column: 25 } });
  });

  test('as SARIF follow the published schema', async (t) => {
    const { out } = await reported(t, 'sarif');
    const schema = JSON.parse(await readFile(fixturePath('schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
    const ajv = new AjvDraft04.default({ strict: false, unicodeRegExp: false });
    addFormats.default(ajv as never);
    const validate = ajv.compile(schema);
    const log = JSON.parse(out);
    assert.equal(validate(log), true, JSON.stringify(validate.errors));
    const [run] = log.runs;
    assert.ok(run.results.length > 3);
    for (const { ruleId, ruleIndex } of run.results)
      assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
    for (const { id, shortDescription } of run.tool.driver.rules) assert.notEqual(shortDescription.text, id);
    assert.ok(run.results.some((one: { relatedLocations?: unknown }) => one.relatedLocations !== undefined));
  });

  test('as workflow commands have one line for each finding, escaped', async (t) => {
    const { out } = await reported(t, 'github');
    const lines = out.trimEnd().split('\n');
    assert.match(lines.at(-1) ?? '', /^3 configs checked: .*, 1 not readable/);
    for (const line of lines.slice(0, -1)) {
      assert.match(
        line,
        /^::(error|warning) file=[^,:]+,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[EW]\d{4}::./,
      );
    }
  });

  for (const format of ['junit', 'checkstyle']) {
    test(`as ${format} are well-formed XML, with a summary apart`, async (t) => {
      const { out, err } = await reported(t, format);
      assert.deepEqual(openTags(out), []);
      assert.ok(!out.includes('a<b&c'));
      assert.match(err, /3 configs checked: \d+ errors/);
    });
  }

  test('count a file with warnings as failed when these are denied', async (t) => {
    const [plain, denied] = [await reported(t, 'junit'), await reported(t, 'junit', '--deny-warnings')];
    assert.match(plain.out, /tests="4" failures="2" errors="1"/);
    assert.match(denied.out, /tests="4" failures="3" errors="1"/);
  });
});

/** The elements of an XML text that are opened and not closed in their order; attributes must be quoted. */
function openTags(xml: string): readonly string[] {
  const open: string[] = [];
  const rest = xml.replaceAll(
    /<\?xml[^>]*\?>|<(\/?)([\w-]+)((?: [\w]+="[^"<]*")*)(\/?)>/g,
    (_, end, name, _attributes, empty) => {
      if (end === '/') assert.equal(open.pop(), name);
      else if (name !== undefined && empty !== '/') open.push(name);
      return '';
    },
  );
  assert.ok(!/[<>]/.test(rest), rest);
  assert.ok(!/&(?!amp;|lt;|gt;|quot;|#10;)/.test(xml));
  return open;
}
