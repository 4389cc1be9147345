import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { nativePattern } from './native-pattern.ts';
import { compilePattern } from './pattern.ts';
import { compileTemplate } from './template.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', ':', '1', '\n', 'é'), maxLength: 4 });
const plain = fc.string({ unit: fc.constantFrom('a', 'b', '-', ':', '1'), maxLength: 3 });
const suffix = fc.constantFrom('.*', '.+', '(.*)', '(.+)');
const expression = fc.oneof(
  fc.array(plain, { minLength: 1, maxLength: 4 }).map((words) => words.join('|')),
  fc.tuple(plain, suffix).map((parts) => parts.join('')),
);

test('what is wrong with an expression is told of the text that was written', () => {
  for (const [source, reason] of [
    ['a(b', 'missing closing )'],
    ['a)', 'unexpected )'],
    ['a\\', 'trailing backslash at end of expression'],
    ['[z-a]', 'invalid character class range: `z-a`'],
  ] as const)
    assert.throws(() => compilePattern(source), {
      message: `\`${source}\` is no valid regular expression: ${reason}`,
    });
});

test('the short ways for simple expressions match exactly as RE2 does', () => {
  fc.assert(
    fc.property(expression, fc.oneof(word, plain), (source, text) => {
      const matcher = RE2JS.compile(`^(?s:${source})$`).matcher(text);
      const expected = matcher.find()
        ? Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group))
        : undefined;
      assert.deepEqual(compilePattern(source).match(text)?.groups, expected);
    }),
  );
});

for (const [name, text] of [
  ['Letter', 'é'],
  ['uppercase letter', 'É'],
  ['Uppercase-Letter', 'É'],
  ['^lu', 'é'],
  ['LC', 'é'],
  ['greek', 'σ'],
  ['cntrl', '\n'],
  ['ASCII', 'a'],
] as const) {
  test(`Unicode classes are found by any spelling: ${name}`, () => {
    assert.ok(compilePattern(`\\p{${name}}`).test(text));
    assert.ok(compilePattern(`[1\\P{${name}}]`).test('1'));
    assert.equal(compilePattern(`[1\\P{${name}}]`).test(text), false);
  });
}

for (const name of ['Nope', '', 'Emoji', 'Alphabetic', 'Phags_Pa', 'SignWriting', 'Script=Greek']) {
  test(`a Unicode class that Go does not find is refused: \\p{${name}}`, () => {
    assert.throws(() => compilePattern(`\\p{${name}}`), {
      code: 'E0315',
      message: /invalid character class range: `\\p\{/,
    });
  });
}

test('a letter alone names a Unicode class in either case', () => {
  assert.ok(compilePattern('\\pl\\PN').test('éx'));
  assert.throws(() => compilePattern('\\px'), { code: 'E0315' });
});

test('groups of one name stand for the first of them that took part', () => {
  const pattern = compilePattern('(?P<n>a)x|(?<n>b)y|(c)(?P<n>d)?');
  const filled = (text: string) => compileTemplate('$n', pattern)(pattern.match(text)?.groups ?? []);
  assert.deepEqual(['ax', 'by', 'cd', 'c'].map(filled), ['a', 'b', 'd', '']);
  const many = compilePattern('(?P<n>a)?(?P<n>b)');
  assert.equal(compileTemplate('$n', many)(many.match('ab')?.groups ?? []), 'a');
});

test('what looks like a group, a class or a category inside of a quotation is text', () => {
  assert.ok(compilePattern('\\Q(?P<é>[\\p{Nope}\\E+').test('(?P<é>[\\p{Nope}}}'));
});

test('`[:` in a class begins a named class only where `:]` follows', () => {
  assert.ok(compilePattern('[a[:]+').test('[:a'));
  assert.ok(compilePattern('[^[:alpha:][:]').test('1'));
  assert.ok(compilePattern('[+-[:]*').test(':+,[:'.replaceAll(':', '-')));
  assert.throws(() => compilePattern('[[:nope:]]'), { code: 'E0315' });
});

for (const source of ['(?P<é>a)', '(?<a-b>a)', '(?P<>a)', '(?P<x', '(?P<x>?:a)', '(?<=a)b', '(?<!a)b']) {
  test(`no name of a group, or none that is finished: ${source}`, () => {
    assert.throws(() => compilePattern(source), { code: 'E0315' });
  });
}

/** What a native expression may stand for: single characters, repeated or optional, in alternatives and groups. */
const character = fc.constantFrom(
  'a',
  'b',
  ':',
  ';',
  '1',
  '.',
  '\\d',
  '\\w',
  '\\.',
  '[^:]',
  '[a-z]',
  '[0-9.]',
  '[^;b]',
);
const atom = fc.tuple(character, fc.constantFrom('', '', '*', '+', '?')).map((parts) => parts.join(''));
const { regular } = fc.letrec<{ regular: string; group: string }>((tie) => ({
  regular: fc
    .array(fc.array(fc.oneof({ depthSize: 'small' }, atom, atom, tie('group')), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((branches) => branches.map((branch) => branch.join('')).join('|')),
  group: fc
    .tuple(fc.constantFrom('(', '(?:'), tie('regular'), fc.constantFrom(')', ')', ')?'))
    .map((parts) => parts.join('')),
}));
const subject = fc.string({
  unit: fc.constantFrom('a', 'b', ':', ';', '1', '.', '\n', 'é', '😀'),
  maxLength: 10,
});

test('native expressions match exactly as RE2 does, groups included', () => {
  let native = 0;
  fc.assert(
    fc.property(regular, subject, (source, text) => {
      if (nativePattern(source) === undefined) return;
      native++;
      const matcher = RE2JS.compile(`^(?s:${source})$`).matcher(text);
      const expected = matcher.find()
        ? Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined)
        : undefined;
      const found = compilePattern(source).match(text);
      assert.deepEqual(found && [...found.groups], expected, JSON.stringify([source, text]));
      assert.equal(compilePattern(source).test(text), expected !== undefined);
    }),
    { numRuns: 3000 },
  );
  assert.ok(native > 1000, `${native} of the expressions were native`);
});

test('what might differ or take long is left to RE2', () => {
  const left = [
    '(a*)*',
    '(a|b)+',
    'a{2}',
    '\\bfoo',
    '(?i)a',
    '\\s',
    '^a',
    'a$',
    '(?P<x>a)',
    '[[:alpha:]]',
    '\\pL',
    'a)|(b',
    'a?b?c?d?e?',
    '+',
    'a**',
    'é',
    '\\Q.\\E',
  ];
  for (const source of left) assert.equal(nativePattern(source), undefined, source);
  assert.equal(nativePattern('([^:]+)(?::\\d+)?;(\\d+)')?.longest, 100);
});

test('a text that is long for its expression takes no long time', () => {
  const pattern = compilePattern('[ab]*[ab]*[ab]*[ab]*[ab]*c');
  const start = process.cpuUsage().user;
  assert.equal(pattern.test('ab'.repeat(5_000)), false);
  assert.ok(process.cpuUsage().user - start < 5_000_000);
});
