import { type Capsule, type CapsuleKind, ObjectValue, type TextKind, type Value } from '@pewter/language';

/**
 * What the names of capsules and text syntaxes in the catalogue stand for. Whoever has the real kinds passes
 * them, and gets schemas that check and convert by them; a name that is not in the table gets a nominal kind,
 * which accepts capsules of that name, or any text.
 */
export interface Kinds {
  readonly capsules: Readonly<Record<string, CapsuleKind<unknown>>>;
  readonly texts: Readonly<Record<string, TextKind<unknown>>>;
}

/**
 * The table when none is given: a `target` converts from an object, as it does in the reference; everything
 * else is nominal.
 */
export const nominalKinds: Kinds = {
  capsules: {
    target: {
      name: 'target',
      from: (value: Value): unknown => (value instanceof ObjectValue ? value : undefined),
      toObject: (payload) => (payload instanceof ObjectValue ? payload : new ObjectValue([])),
    },
  },
  texts: {},
};

/** Finds kinds by name; the same name gives the same kind each time. */
export class KindTable {
  readonly #capsules: Map<string, CapsuleKind<unknown>>;
  readonly #texts: Map<string, TextKind<unknown>>;

  constructor(kinds: Kinds) {
    this.#capsules = new Map(Object.entries(kinds.capsules));
    this.#texts = new Map(Object.entries(kinds.texts));
  }

  /** The capsule kind of this name, as {@link Capsule} values carry it. */
  capsule(name: string): Capsule['kind'] {
    return found(this.#capsules, name, () => ({ name }));
  }

  /** The text syntax of this name. */
  text(name: string): TextKind<unknown> {
    return found(this.#texts, name, () => ({ name, parse: (text) => text }));
  }
}

function found<T>(table: Map<string, T>, name: string, make: () => T): T {
  const known = table.get(name);
  if (known !== undefined) return known;
  const made = make();
  table.set(name, made);
  return made;
}
