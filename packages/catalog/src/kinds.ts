import {
  type BodySchema,
  type Capsule,
  type CapsuleKind,
  ObjectValue,
  type TextKind,
  type Value,
} from '@pewter/language';
import { textKinds } from './texts/text-kinds.ts';

/**
 * What the names of capsules and text syntaxes in the catalogue stand for. Whoever has the real kinds passes
 * them, and gets schemas that check and convert by them. A capsule that is not in the table gets a nominal kind,
 * which accepts capsules of that name; a text gets the syntax that this package knows, or accepts any.
 */
export interface Kinds {
  readonly capsules: Readonly<Record<string, CapsuleKind<unknown>>>;
  readonly texts: Readonly<Record<string, TextKind<unknown>>>;
  /** Schemas that stand for shared blocks, by their name in the catalogue. */
  readonly bodies?: Readonly<Record<string, BodySchema>>;
  /** Refuses what is no regular expression of RE2 by throwing {@link EvaluationError}. Absent: none is refused. */
  readonly checkRegexp?: (text: string) => unknown;
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
  readonly bodies: NonNullable<Kinds['bodies']>;
  readonly checkRegexp: Kinds['checkRegexp'] | undefined;
  readonly #capsules: Map<string, CapsuleKind<unknown>>;
  readonly #texts: Map<string, TextKind<unknown>>;

  constructor(kinds: Kinds) {
    this.#capsules = new Map(Object.entries(kinds.capsules));
    this.#texts = new Map([...Object.entries(textKinds), ...Object.entries(kinds.texts)]);
    this.bodies = kinds.bodies ?? {};
    this.checkRegexp = kinds.checkRegexp;
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
