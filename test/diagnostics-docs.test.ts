import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { namedLints } from '@pewter/lint';
import { format, parse, SourceFile } from '@pewter/syntax';
import { codeTitles } from '../packages/cli/src/code-titles.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/diagnostics.md');
const sections = existsSync(page) ? readSections(readFileSync(page, 'utf8')) : [];

interface Section {
  readonly code: string;
  readonly title: string;
  readonly body: string;
}

function readSections(text: string): Section[] {
  const parts = text.split(/^### (?=[EW]\d{4}\b)/m).slice(1);
  return parts.map((part) => {
    const [heading = '', ...body] = part.split('\n');
    return { code: heading.slice(0, 5), title: heading.slice(6), body: body.join('\n') };
  });
}

/** The codes of all packages with their titles: each has a `src/codes.ts` that exports records of them. */
async function exportedCodes(): Promise<readonly (readonly [code: string, title: string])[]> {
  const codes: [string, string][] = [];
  for (const file of globSync('packages/*/src/codes.ts', { cwd: root })) {
    const module: Record<string, unknown> = await import(join(root, file));
    for (const [code, title] of Object.values(module).flatMap((record) => Object.entries(Object(record))))
      if (/^[EW]\d{4}$/.test(code)) codes.push([code, String(title)]);
  }
  return codes;
}

/** The codes that the sources of all packages write down. */
function writtenCodes(): ReadonlySet<string> {
  const files = globSync('packages/*/src/**/*.ts', { cwd: root }).filter(
    (file) => !/\.test|\/gen\//.test(file),
  );
  return new Set(
    files.flatMap((file) => readFileSync(join(root, file), 'utf8').match(/(?<=')[EW]0\d{3}(?=')/g) ?? []),
  );
}

describe('the codes', () => {
  test('are each of one package', async () => {
    const codes = (await exportedCodes()).map(([code]) => code);
    assert.deepEqual(codes.toSorted(), [...new Set(codes)].sort());
  });

  test('have a title in every report, also those that a source writes down alone', async () => {
    assert.deepEqual(codeTitles, Object.fromEntries(await exportedCodes()));
    for (const code of writtenCodes()) assert.ok(Object.hasOwn(codeTitles, code), code);
  });

  test('of warnings have a name by which they are turned off, which their paragraph tells', async () => {
    const warnings = (await exportedCodes()).map(([code]) => code).filter((code) => code.startsWith('W'));
    assert.deepEqual(namedLints.map(({ code }) => code).toSorted(), warnings.toSorted());
    for (const { code, name } of namedLints) {
      const paragraph = sections.find((one) => one.code === code)?.body ?? '';
      assert.match(paragraph, new RegExp(`Turned off as \`${name}\``), code);
    }
  });
});

describe('docs/diagnostics.md', () => {
  test('has one section for every code that a package exports, and no other', async () => {
    const documented = sections.map(({ code }) => code);
    assert.deepEqual(documented.toSorted(), (await exportedCodes()).map(([code]) => code).toSorted());
  });

  test('is sorted by code', () => {
    const documented = sections.map(({ code }) => code);
    assert.deepEqual(documented, documented.toSorted());
  });

  test('gives every section a paragraph', () => {
    const empty = sections.filter(({ body }) => body.trim().length < 40);
    assert.deepEqual(
      empty.map(({ code }) => code),
      [],
    );
  });

  for (const { code, body } of sections.filter((section) => section.code.startsWith('E01'))) {
    const [wrong, right] = [...body.matchAll(/```alloy\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
    if (wrong === undefined || right === undefined) continue;
    test(`shows an example of ${code} that gives it, and one that is right`, () => {
      const first = parse(new SourceFile('wrong.alloy', wrong)).diagnostics[0];
      const repaired = parse(new SourceFile('right.alloy', right));
      assert.equal(first?.code, code);
      assert.deepEqual(repaired.diagnostics, []);
      assert.equal(format(repaired.file), right);
    });
  }
});
