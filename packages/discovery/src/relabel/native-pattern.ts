/**
 * A native expression in the place of RE2's, for expressions of which both give the same match with the same groups:
 * alternatives, groups, ASCII literals, `.`, `\d`, `\w` and simple classes, where only single characters are repeated,
 * and groups are at most optional. On these, both prefer the leftmost alternative and the longest repetition.
 *
 * A native expression backtracks: with `k` repetitions it may take about n^k steps for n characters. `longest` is the
 * length up to which that stays within a million; a longer text is left to RE2.
 */
export interface NativePattern {
  readonly expression: RegExp;
  readonly longest: number;
}

const steps = 1_000_000;
/** Optional parts double the work of backtracking, each. */
const mostOptional = 4;
/** RE2 refuses what is nested a thousand deep; that is left to it. */
const deepest = 100;

const literal = '[A-Za-z0-9_\\-:;,/ @#%&=~!\'"<>]';
const escaped = '\\\\[.+*?()|\\[\\]{}^$/\\\\]';
const classPart = '(?:[A-Za-z0-9_:;,/ @#%&=~!.+*?()|$\'"<>]|\\\\[dw.\\-\\]\\[\\\\/])';
const classRange = '(?:a-z|A-Z|0-9|a-f|A-F)';
const characterClass = `\\[\\^?(?:${classRange}|${classPart})+-?\\]`;
const single = `(?:${literal}|${escaped}|\\.|\\\\[dw]|${characterClass})`;
const token = new RegExp(
  `(?<single>${single})(?<repeat>[*+?]?)(?![*+?{])|(?<open>\\((?:\\?:)?)|(?<close>\\)\\??)(?![*+?{])|(?<or>\\|)`,
  'y',
);

/** The native expression; undefined where it might differ, or backtrack too much. */
export function nativePattern(source: string): NativePattern | undefined {
  const shape = new Shape();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const { groups } = token.exec(source) ?? {};
    if (groups === undefined || !shape.take(groups)) return undefined;
  }
  if (!shape.closed || shape.optional > mostOptional) return undefined;
  const longest = Math.floor(steps ** (1 / Math.max(1, shape.repetitions)) + 1e-6);
  return { expression: new RegExp(`^(?:${source})$`, 'us'), longest };
}

/** What an expression is made of, as far as it has been read. */
class Shape {
  repetitions = 0;
  optional = 0;
  /** For each open group: whether one of its alternatives so far may be empty, and whether the one of now may. */
  readonly #groups = [{ some: false, now: true }];

  get closed(): boolean {
    return this.#groups.length === 1;
  }

  /** False where the expression is none that may be native. */
  take({
    single: character,
    repeat,
    open,
    close,
    or,
  }: Readonly<Record<string, string | undefined>>): boolean {
    if (repeat === '*' || repeat === '+') this.repetitions++;
    if (repeat === '?' || close === ')?') this.optional++;
    if (open !== undefined) return this.#groups.push({ some: false, now: true }) <= deepest;
    if (close !== undefined) return this.#close(close === ')?');
    const group = this.#groups.at(-1);
    if (group === undefined) return false;
    if (character !== undefined && repeat !== '*' && repeat !== '?') group.now = false;
    if (or !== undefined) Object.assign(group, { some: group.some || group.now, now: true });
    return true;
  }

  /** An optional group that may be empty differs: a native one takes no part then, and one of RE2's is empty. */
  #close(optional: boolean): boolean {
    const group = this.#groups.pop();
    const around = this.#groups.at(-1);
    if (group === undefined || around === undefined) return false;
    const empty = group.some || group.now;
    if (!empty && !optional) around.now = false;
    return !(empty && optional);
  }
}
