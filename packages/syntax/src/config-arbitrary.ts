import fc from 'fast-check';

/** Generates the text of configs without mistakes, in all the grammar, with comments and white space of any sort. For tests. */

const name = fc.constantFrom('a', 'bb', 'target_label', 'é', '_x1', 'forward_to');
const raw = fc.constantFrom('`raw`', '`two\n\tlines  \n end`', '`\ttab\tin it`', '`\n`');
const quoted = fc.constantFrom(
  '""',
  '"text"',
  '"tab\there"',
  '"\\n\\x41\\u00e9"',
  '"日本 🎉"',
  '"// no comment"',
);
const number = fc.constantFrom('0', '1', '2.5', '1e6', '010', '.5', '1.');
const comment = fc.constantFrom('// line', '/* block */', '/* two\n lines */', '// é 🎉');
const operator = fc.constantFrom('+', '-', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', '&&', '||');
const gap = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('', '', ' ', '  ', '\t') },
  { weight: 1, arbitrary: fc.constantFrom(' /* in */', '/* in */ ') },
);
/** Where a newline is white space. */
const openGap = fc.oneof(
  { weight: 8, arbitrary: gap },
  { weight: 2, arbitrary: fc.constantFrom('\n', '\n\n', ' \n\t', '\r\n') },
  { weight: 1, arbitrary: comment.map((text) => ` ${text}\n`) },
);

const { expression } = fc.letrec<{ expression: string; primary: string; operand: string }>((tie) => ({
  primary: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    name,
    quoted,
    number,
    raw,
    fc.constantFrom('true', 'false', 'null'),
    list(tie('expression'), '[', ']'),
    list(field(tie('expression')), '{', '}'),
    tie('expression').map((inner) => `(${inner})`),
  ),
  operand: fc.oneof(
    { depthSize: 'small' },
    tie('primary'),
    fc.tuple(fc.constantFrom('-', '!', '--'), tie('primary')).map((parts) => parts.join('')),
    fc.tuple(name, fc.constantFrom('.', ' . ', '. /* in */ '), name).map((parts) => parts.join('')),
    fc.tuple(name, tie('expression')).map(([object, index]) => `${object}[${index}]`),
    fc.tuple(name, list(tie('expression'), '(', ')')).map((parts) => parts.join('')),
  ),
  expression: fc.oneof(
    { depthSize: 'small' },
    tie('operand'),
    fc
      .tuple(tie('operand'), gap, operator, openGap, tie('operand'))
      .map(([left, before, sign, after, right]) => `${left} ${before}${sign} ${after}${right}`),
  ),
}));

function field(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const key = fc.oneof(name, fc.constantFrom('"key"', '"a b"', '`raw key`', '"\\n"', '""'));
  return fc.tuple(key, gap, openGap, value).map(([k, before, after, v]) => `${k}${before}=${after}${v}`);
}

function list(element: fc.Arbitrary<string>, open: string, close: string): fc.Arbitrary<string> {
  const elements = fc.array(fc.tuple(openGap, element, gap), { maxLength: 4, depthIdentifier: 'list' });
  return fc.tuple(elements, openGap).map(([parts, last]) => {
    const inner = parts.map(([before, text, after]) => `${before}${text}${after},`).join('');
    return `${open}${inner}${last}${close}`;
  });
}

const attribute = fc
  .tuple(name, gap, gap, expression)
  .map(([left, before, after, value]) => `${left}${before}=${after}${value}`);

const { body } = fc.letrec<{ body: string; statement: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small' },
    attribute,
    fc
      .tuple(fc.constantFrom('a', 'a.b', 'c.d "label"', 'e "x"'), tie('body'), gap)
      .map(([head, inner, end]) => `${head} {${inner === '' ? end : `\n${inner}`}}`),
  ),
  body: fc
    .array(
      fc.tuple(
        fc.constantFrom('', '\n', '// above\n', '/* above */\n', '// one\n\n// two\n', '\n\n\n'),
        tie('statement'),
        fc.constantFrom('', ' // behind', ' /* behind */'),
      ),
      { maxLength: 4, depthIdentifier: 'body' },
    )
    .map((statements) => statements.map((parts) => `${parts.join('')}\n`).join('')),
}));

/** The text of a config without mistakes. */
export const config: fc.Arbitrary<string> = body;
