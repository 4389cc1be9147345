/** One part of a path pattern, between two slashes. */
export interface GlobSegment {
  readonly text: string;
  /** The only name it matches; undefined where it holds wildcards. */
  readonly literal: string | undefined;
  matches(name: string): boolean;
}

/** How a library reads a part. */
export interface GlobDialect {
  /** A class in brackets: the group `negated` and the group `members`. */
  readonly class: string;
  /** Characters that stand for themselves nowhere. */
  readonly reserved: string;
}

/** Go's `path/filepath`: only `^` negates, and a dash stands only between two characters. */
export const filepathDialect: GlobDialect = {
  class: String.raw`\[(?:(?<negated>\^)|(?!\^))(?<members>(?:(?:\\.|[^\\\]-])(?:-(?:\\.|[^\\\]-]))?)+)\]`,
  reserved: '[\\',
};

/** `github.com/bmatcuk/doublestar`: `!` negates as well, and a dash at either end is itself. */
export const doublestarDialect: GlobDialect = {
  class: String.raw`\[(?:(?<negated>[\^!])|(?![\^!]))(?!\])(?<members>(?:\\.|[^\\\]])+)\]`,
  reserved: '[\\{}',
};

/** The error for a pattern that can not be read. */
export function malformed(pattern: string, why = ''): Error {
  return new Error(`\`${pattern}\` is no valid path pattern${why}`);
}

/**
 * Compiles a part: `*` any characters, `?` one, `[a-z]` and `[^a-z]` one of a class, `\` before a character takes its
 * meaning. Throws an Error that names the whole pattern where it is malformed.
 */
export function compileSegment(text: string, dialect: GlobDialect, pattern = text): GlobSegment {
  const token = new RegExp(`\\\\(?<escaped>.)|${dialect.class}|(?<star>\\*+)|(?<one>\\?)|(?<plain>.)`, 'gsu');
  let literal: string | undefined = '';
  let source = '';
  for (const { groups = {} } of text.matchAll(token)) {
    const { escaped, negated, members, star, one, plain } = groups;
    if (plain !== undefined && dialect.reserved.includes(plain)) throw malformed(pattern);
    const character = escaped ?? plain;
    if (character === undefined) literal = undefined;
    else if (literal !== undefined) literal += character;
    if (character !== undefined) source += RegExp.escape(character);
    else if (star !== undefined) source += '.*';
    else if (one !== undefined) source += '.';
    else source += classSource(negated !== undefined, members ?? '');
  }
  const compiled = new RegExp(`^(?:${source})$`, 'su');
  return {
    text,
    literal,
    matches: (name) => (literal === undefined ? compiled.test(name) : name === literal),
  };
}

const member = /(?:\\(.)|(.))(?:-(?:\\(.)|(.)))?/gsu;

/** A range whose end comes before its beginning holds nothing. */
function classSource(negated: boolean, members: string): string {
  const ranges = [...members.matchAll(member)].map(([, escapedLow, plainLow, escapedHigh, plainHigh]) => {
    const low = escapedLow ?? plainLow ?? '';
    const high = escapedHigh ?? plainHigh ?? low;
    const empty = (high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0);
    return empty ? '' : `${RegExp.escape(low)}-${RegExp.escape(high)}`;
  });
  return `[${negated ? '^' : ''}${ranges.join('')}]`;
}
