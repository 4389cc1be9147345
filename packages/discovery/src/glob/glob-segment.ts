/** One part of a path pattern, between two slashes. */
export interface GlobSegment {
  readonly text: string;
  /** The only name it matches; undefined where it holds wildcards. */
  readonly literal: string | undefined;
  matches(name: string): boolean;
}

const token = /\\(.)|\[(\^|!)?((?:\\.|[^\]\\])+)\]|(\*+)|(\?)|([\s\S])/gu;

/**
 * Compiles a part as Go's `filepath.Match` reads it: `*` any characters, `?` one, `[a-z]` and `[^a-z]` one of a class,
 * `\` before a character takes its meaning. Throws an Error where a bracket is not closed or a backslash stands last.
 */
export function compileSegment(text: string): GlobSegment {
  let literal: string | undefined = '';
  let source = '';
  for (const [whole, escaped, negated, members, star, one, plain] of text.matchAll(token)) {
    if (plain === '[' || plain === '\\') throw new Error(`\`${text}\` is no valid path pattern`);
    const character = escaped ?? plain;
    if (character === undefined) literal = undefined;
    else if (literal !== undefined) literal += character;
    if (character !== undefined) source += RegExp.escape(character);
    else if (star !== undefined) source += '.*';
    else if (one !== undefined) source += '.';
    else source += classSource(whole, negated !== undefined, members ?? '');
  }
  const compiled = new RegExp(`^(?:${source})$`, 'su');
  return {
    text,
    literal,
    matches: (name) => (literal === undefined ? compiled.test(name) : name === literal),
  };
}

const member = /(?:\\(.)|(.))(?:-(?:\\(.)|([^\]])))?/gsu;

function classSource(whole: string, negated: boolean, members: string): string {
  const ranges = [...members.matchAll(member)].map(([, escapedLow, plainLow, escapedHigh, plainHigh]) => {
    const low = escapedLow ?? plainLow ?? '';
    const high = escapedHigh ?? plainHigh ?? low;
    if (high < low) throw new Error(`\`${whole}\` is no valid class of a path pattern`);
    return `${RegExp.escape(low)}-${RegExp.escape(high)}`;
  });
  return `[${negated ? '^' : ''}${ranges.join('')}]`;
}
