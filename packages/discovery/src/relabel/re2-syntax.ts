import { unicodeClass } from './unicode-names.ts';

/** Says what Go refuses in an expression and re2js would take. */
export class Re2SyntaxError extends Error {
  override readonly name = 'Re2SyntaxError';
}

/** An expression for re2js, its groups named by their numbers. */
export interface Re2Source {
  readonly expression: string;
  /** The numbers of the groups by name; Go lets several have the same. */
  readonly names: ReadonlyMap<string, readonly number[]>;
}

/**
 * The expression written so that re2js reads it as Go does: Unicode classes in any spelling of their names, `[:` in a
 * class where it begins no named class, and named groups under other names, since re2js lets no two have the same. Throws
 * {@link Re2SyntaxError} for what only re2js would take.
 */
export function re2Source(expression: string): Re2Source {
  const names = new Map<string, number[]>();
  if (!/\\p|\[:|\(\?P?</i.test(expression)) return { expression, names };
  const result: string[] = [];
  let tokens = outside;
  let groups = 0;
  for (let at = 0; at < expression.length; ) {
    tokens.lastIndex = at;
    const { 0: token = '', groups: parts = {} } = tokens.exec(expression) ?? {};
    if (token === '') break;
    at += token.length;
    if (parts.open !== undefined) tokens = inside;
    if (parts.close !== undefined) tokens = outside;
    if (parts.group !== undefined || parts.named !== undefined) groups++;
    if (parts.named !== undefined) {
      const name = groupName(token, parts.name);
      names.set(name, [...(names.get(name) ?? []), groups]);
    }
    result.push(rewritten(token, parts, groups));
  }
  return { expression: result.join(''), names };
}

const unicode = String.raw`(?<class>\\[pP](?:\{(?<braced>[^}]*)\}|(?<letter>[^{])))`;
const escaped = String.raw`\\x\{[0-9A-Fa-f]*\}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\[^]|\\$`;

/** Outside of classes: a quotation, an escape, the beginning of a group or of a class, or any other character. */
const outside = new RegExp(
  [
    String.raw`\\Q[^]*?(?:\\E|$)`,
    unicode,
    escaped,
    String.raw`(?<named>\(\?P?<(?<name>[^>]*)>?)`,
    String.raw`(?<group>\((?!\?))`,
    String.raw`(?<open>\[\^?\]?)`,
    '[^]',
  ].join('|'),
  'yu',
);

/** In a class: a named class, a class of Unicode or Perl, the end, a range, or a single character. */
const inside = new RegExp(
  [
    String.raw`\[:[^]*?:\]`,
    unicode,
    String.raw`\\[dDsSwW]`,
    String.raw`(?<close>\])`,
    String.raw`(?:${escaped}|[^\\])-(?!\])(?:${escaped}|[^\\])`,
    escaped,
    String.raw`(?<bracket>\[)`,
    '[^]',
  ].join('|'),
  'yu',
);

type Parts = Readonly<Record<string, string | undefined>>;

function rewritten(
  token: string,
  { bracket, named, class: category, braced, letter }: Parts,
  group: number,
): string {
  if (bracket !== undefined) return '\\[';
  if (named !== undefined) return `(?P<g${group}>`;
  if (category === undefined) return token;
  return `${token.slice(0, 2)}{${unicodeName(token, braced ?? letter ?? '')}}`;
}

function groupName(token: string, name: string | undefined): string {
  if (name !== undefined && token.endsWith('>') && /^\w+$/.test(name)) return name;
  throw new Re2SyntaxError(`invalid named capture: \`${token}\``);
}

function unicodeName(token: string, given: string): string {
  const not = given.startsWith('^') ? '^' : '';
  const name = unicodeClass(given.slice(not.length));
  if (name === undefined) throw new Re2SyntaxError(`invalid character class range: \`${token}\``);
  return not + name;
}
