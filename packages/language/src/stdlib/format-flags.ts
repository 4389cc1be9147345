/** The flags, width and precision of one verb of a format. */
export interface Flags {
  plus: boolean;
  minus: boolean;
  sharp: boolean;
  /** `#` under `%v`: Go syntax. */
  sharpV: boolean;
  /** `+` under `%v`: the names of fields. */
  plusV: boolean;
  space: boolean;
  zero: boolean;
  width: number | undefined;
  precision: number | undefined;
}

export function noFlags(): Flags {
  return {
    plus: false,
    minus: false,
    sharp: false,
    sharpV: false,
    plusV: false,
    space: false,
    zero: false,
    width: undefined,
    precision: undefined,
  };
}

/** Fills a text up to the width, counted in characters. */
export function pad(text: string, flags: Flags): string {
  const missing = (flags.width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (flags.zero ? '0' : ' ').repeat(missing) + text;
}
