import { containsHole } from '../contains-hole.ts';
import { Hole } from '../hole.ts';
import { type FunctionValue, NumberValue, type Value } from '../value.ts';
import { builtin } from './builtin.ts';
import { type Flags, noFlags } from './format-flags.ts';
import { formatValue } from './format-value.ts';
import { goType } from './go-value.ts';
import { hideIfSecret } from './secrecy.ts';

/** The function that formats like Go's `fmt.Sprintf`. A text with a secret in it is kept from sight as a whole. */
export function formatFunction(name: string): FunctionValue {
  return builtin({ name, takes: ['string'], rest: 'value', gives: 'string' }, (format, ...args) => {
    if (args.some(containsHole)) return new Hole('string');
    return hideIfSecret(sprintf(format, args), args);
  });
}

/** Go's `fmt.Sprintf` over values of the language. */
export function sprintf(format: string, args: readonly Value[]): string {
  return new Formatter(format, args).run();
}

/** One run over a format: where it stands in the text and in the arguments. */
class Formatter {
  readonly #format: string;
  readonly #args: readonly Value[];
  #at = 0;
  #next = 0;
  #reordered = false;
  #goodIndex = true;
  #afterIndex = false;

  constructor(format: string, args: readonly Value[]) {
    this.#format = format;
    this.#args = args;
  }

  run(): string {
    let text = '';
    while (this.#at < this.#format.length) {
      const percent = this.#format.indexOf('%', this.#at);
      const end = percent === -1 ? this.#format.length : percent;
      text += this.#format.slice(this.#at, end);
      this.#at = end + 1;
      if (percent !== -1) text += this.#directive();
    }
    return text + this.#extra();
  }

  #directive(): string {
    this.#goodIndex = true;
    this.#afterIndex = false;
    const flags = this.#flags();
    this.#index();
    const complaint = this.#width(flags) + this.#precision(flags);
    if (!this.#afterIndex) this.#index();
    const code = this.#format.codePointAt(this.#at);
    if (code === undefined) return `${complaint}%!(NOVERB)`;
    const verb = String.fromCodePoint(code);
    this.#at += verb.length;
    return complaint + this.#verb(verb, flags);
  }

  #verb(verb: string, flags: Flags): string {
    if (verb === '%') return '%';
    if (!this.#goodIndex) return `%!${verb}(BADINDEX)`;
    const value = this.#args[this.#next];
    if (value === undefined) return `%!${verb}(MISSING)`;
    this.#next++;
    if (verb === 'v' || verb === 'w') {
      Object.assign(flags, { sharpV: flags.sharp, plusV: flags.plus, sharp: false, plus: false });
    }
    return formatValue(value, verb, flags);
  }

  #flags(): Flags {
    const flags = noFlags();
    for (; ; this.#at++) {
      const character = this.#format[this.#at];
      if (character === '+') flags.plus = true;
      else if (character === '-') flags.minus = true;
      else if (character === '#') flags.sharp = true;
      else if (character === ' ') flags.space = true;
      else if (character === '0') flags.zero = true;
      else return flags;
    }
  }

  #width(flags: Flags): string {
    if (this.#format[this.#at] !== '*') {
      flags.width = this.#digits();
      if (this.#afterIndex && flags.width !== undefined) this.#goodIndex = false;
      return '';
    }
    this.#at++;
    const width = this.#star();
    if (width === undefined) return '%!(BADWIDTH)';
    flags.minus ||= width < 0;
    flags.width = Math.abs(width);
    return '';
  }

  /** A dot at the very end of the format is no precision but the verb. */
  #precision(flags: Flags): string {
    if (this.#format[this.#at] !== '.' || this.#at + 1 === this.#format.length) return '';
    this.#at++;
    if (this.#afterIndex) this.#goodIndex = false;
    this.#index();
    if (this.#format[this.#at] !== '*') {
      flags.precision = this.#digits() ?? 0;
      return '';
    }
    this.#at++;
    const precision = this.#star();
    if (precision !== undefined && precision >= 0) flags.precision = precision;
    return precision === undefined || precision < 0 ? '%!(BADPREC)' : '';
  }

  /** An argument that gives a width or a precision. */
  #star(): number | undefined {
    this.#afterIndex = false;
    const value = this.#args[this.#next];
    if (value !== undefined) this.#next++;
    if (!(value instanceof NumberValue) || typeof value.value !== 'bigint') return undefined;
    return value.value >= -1000000n && value.value <= 1000000n ? Number(value.value) : undefined;
  }

  #digits(): number | undefined {
    const digits = /^\d+/.exec(this.#format.slice(this.#at, this.#at + 8))?.[0];
    if (digits === undefined) return undefined;
    this.#at += digits.length;
    return Number(digits);
  }

  /** `[n]` chooses the argument. */
  #index(): void {
    this.#afterIndex = false;
    if (this.#format[this.#at] !== '[') return;
    this.#reordered = true;
    const end = this.#format.indexOf(']', this.#at);
    const inner = end === -1 ? '' : this.#format.slice(this.#at + 1, end);
    this.#afterIndex = /^\d{1,7}$/.test(inner);
    const number = this.#afterIndex ? Number(inner) : 0;
    this.#at = end === -1 ? this.#at + 1 : end + 1;
    if (number >= 1 && number <= this.#args.length) this.#next = number - 1;
    else this.#goodIndex = false;
  }

  #extra(): string {
    if (this.#reordered || this.#next >= this.#args.length) return '';
    const rest = this.#args
      .slice(this.#next)
      .map((value) => (value === null ? '<nil>' : `${goType(value)}=${formatValue(value, 'v', noFlags())}`));
    return `%!(EXTRA ${rest.join(', ')})`;
  }
}
