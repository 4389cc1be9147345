import type { RE2JS } from 're2js';

/** One step of a path. */
export type Step =
  | { readonly kind: 'root' | 'current' | 'wildcard' | 'descent' }
  | { readonly kind: 'keys'; readonly keys: readonly (string | number)[] }
  | {
      readonly kind: 'slice';
      readonly start: number;
      readonly end: number;
      readonly step: number;
    }
  | { readonly kind: 'filter'; readonly test: Test };

export type Path = readonly Step[];

/** A literal of a condition; undefined is `Nothing`, which is what a path that finds nothing gives. */
export type TestLiteral = undefined | null | boolean | bigint | number | string | RE2JS;

/** The condition of a filter `[?(…)]`. */
export type Test =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'literal'; readonly value: TestLiteral }
  | { readonly kind: 'list'; readonly items: readonly Test[] }
  | { readonly kind: 'not' | 'group'; readonly operand: Test }
  | { readonly kind: 'call'; readonly name: string; readonly left: Test; readonly right: Test | undefined }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Test; readonly right: Test };
