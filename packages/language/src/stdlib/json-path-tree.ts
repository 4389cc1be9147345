/** One step of a path. */
export type Step =
  | { readonly kind: 'root' | 'current' | 'wildcard' | 'descent' }
  | { readonly kind: 'keys'; readonly keys: readonly (string | number)[] }
  | {
      readonly kind: 'slice';
      readonly start: number | undefined;
      readonly end: number | undefined;
      readonly step: number;
    }
  | { readonly kind: 'filter'; readonly test: Test };

export type Path = readonly Step[];

/** The condition of a filter `[?(…)]`. */
export type Test =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'literal'; readonly value: null | boolean | number | string }
  | { readonly kind: 'list'; readonly items: readonly Test[] }
  | { readonly kind: 'not'; readonly operand: Test }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Test; readonly right: Test };
