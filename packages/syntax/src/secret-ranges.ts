import { lex } from './lexer.ts';
import { isSecretName, urlCredentials } from './secret-text.ts';
import type { Range } from './source.ts';
import * as t from './token.ts';

/**
 * Whether what stands at the end of a path of names is a secret: the dotted names of the blocks around it, then that of the
 * argument and of the keys in its value.
 */
export type SecretField = (path: readonly string[]) => boolean;

/** A block, object, list or pair of parentheses that is open. */
interface Frame {
  /** What it adds to the path of what stands in it. */
  readonly path: readonly string[];
  /** All of its texts are secret. */
  readonly hidden: boolean;
  /** The argument or key whose value is read. */
  name?: string;
  /** Its value is secret. */
  secret: boolean;
}

/**
 * The texts of a config that nobody should see: literals where a secret stands, by its name or as `isSecret` knows, and credentials in
 * URLs; in comments too. Works on tokens, since it is wanted most where the text is wrong.
 */
export function secretRanges(text: string, isSecret: SecretField = () => false): readonly Range[] {
  const { tokens, comments } = lex(text);
  return [
    ...new SecretWalk(tokens, isSecret).run(),
    ...comments.flatMap(({ range }) => inComment(text.slice(range.start + 2, range.end), range.start + 2)),
  ];
}

/** In what has been commented out, names tell. */
function inComment(text: string, at: number): readonly Range[] {
  const named = /["'`]/.test(text) ? new SecretWalk(lex(text).tokens, () => false).run() : [];
  const all = [...named, ...urlCredentials(text).map((found) => found.all)];
  return all.map(({ start, end }) => ({ start: start + at, end: end + at }));
}

const closing: ReadonlySet<unknown> = new Set([t.RCurly, t.RBrack, t.RParen]);

class SecretWalk {
  readonly #tokens: readonly t.Token[];
  readonly #isSecret: SecretField;
  readonly #found: Range[] = [];
  readonly #around: Frame[] = [];
  #frame: Frame = { path: [], hidden: false, secret: false };

  constructor(tokens: readonly t.Token[], isSecret: SecretField) {
    this.#tokens = tokens;
    this.#isSecret = isSecret;
  }

  run(): readonly Range[] {
    for (let at = 0; at < this.#tokens.length; at++) this.#read(this.#tokens[at] as t.Token, at);
    return this.#found;
  }

  #read(token: t.Token, at: number): void {
    const type = token.tokenType;
    if (type === t.Text) this.#text(token, at);
    else if (type === t.Assign) this.#assign(at);
    else if (type === t.LCurly)
      this.#open(this.#frame.name === undefined ? this.#blockPath(at) : this.#valuePath(), false);
    else if (type === t.LBrack) this.#open(this.#valuePath(), this.#isOperand(at - 1));
    else if (type === t.LParen) this.#open(this.#valuePath(), this.#image(at - 1) === 'env');
    else if (closing.has(type)) this.#frame = this.#around.pop() ?? this.#frame;
    else if (type === t.Comma || type === t.Terminator) this.#endValue();
  }

  /** `plain`: what stands in it names something (a variable, a field), and is no secret itself. */
  #open(path: readonly string[], plain: boolean): void {
    this.#around.push(this.#frame);
    const hidden = !plain && (this.#frame.secret || this.#frame.hidden);
    this.#frame = { path, hidden, secret: hidden };
  }

  #assign(at: number): void {
    const name = withoutQuotes(this.#image(at - 1));
    const { path, hidden } = this.#frame;
    this.#frame.name = name;
    this.#frame.secret = hidden || isSecretName(name) || this.#isSecret([...path, name]);
  }

  #endValue(): void {
    delete this.#frame.name;
    this.#frame.secret = this.#frame.hidden;
  }

  #text(token: t.Token, at: number): void {
    const next = this.#tokens[at + 1]?.tokenType;
    if (next === t.Assign || (next === t.LCurly && this.#frame.name === undefined)) return;
    const { image, startOffset: start } = token;
    const misplaced = this.#frame.name === undefined && isSecretName(this.#image(at - 1));
    const closed = image.length > 1 && image.endsWith(image.charAt(0));
    if (this.#frame.secret || misplaced)
      this.#found.push({ start: start + 1, end: start + image.length - (closed ? 1 : 0) });
    else
      for (const { all } of urlCredentials(image))
        this.#found.push({ start: start + all.start, end: start + all.end });
  }

  #valuePath(): readonly string[] {
    const { path, name } = this.#frame;
    return name === undefined ? path : [...path, name];
  }

  /** The path with the block whose brace stands at a token; an object in a list has no name of its own. */
  #blockPath(at: number): readonly string[] {
    const { path } = this.#frame;
    let end = at - 1;
    if (this.#tokens[end]?.tokenType === t.Text) end--;
    let start = end;
    while (start > 1 && this.#tokens[start - 1]?.tokenType === t.Dot) start -= 2;
    if (this.#tokens[end]?.tokenType !== t.Identifier) return path;
    const name = this.#tokens.slice(start, end + 1).map(({ image }) => image);
    return [...path, name.join('')];
  }

  /** True for the end of what can be indexed. */
  #isOperand(at: number): boolean {
    const type = this.#tokens[at]?.tokenType;
    return type === t.Identifier || type === t.RBrack || type === t.RParen;
  }

  #image(at: number): string {
    return this.#tokens[at]?.image ?? '';
  }
}

function withoutQuotes(image: string): string {
  return /^".*"$/.test(image) ? image.slice(1, -1) : image;
}
