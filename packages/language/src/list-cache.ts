import type { Type } from './type.ts';
import type { Value } from './value.ts';

type List = readonly unknown[];

const decodedLists = new WeakMap<readonly Value[], WeakMap<object, List>>();
const encodedLists = new WeakMap<List, WeakMap<object, readonly Value[]>>();

/**
 * Remembers which decoded list of capsules belongs to which array of the language, both ways. Lists are immutable, and
 * exports hand on the same list until it changes, so a list of 100,000 targets is converted once. Lists of anything else are
 * not kept: what a text, a number or a secret was decoded from does not stand for it.
 */
export const listCache = {
  /** The decoded form of an array for elements of this type, if it was decoded or encoded before. */
  decoded(array: readonly Value[], element: Type): List | undefined {
    return decodedLists.get(array)?.get(keyOf(element));
  },

  /** The array that a decoded list was encoded to, or was decoded from. */
  encoded(list: List, element: Type): readonly Value[] | undefined {
    return encodedLists.get(list)?.get(keyOf(element));
  },

  /** Remembers a pair. */
  remember(array: readonly Value[], list: List, element: Type): void {
    if (typeof element !== 'object' || !('capsule' in element)) return;
    const key = keyOf(element);
    const decoded = decodedLists.get(array) ?? new WeakMap<object, List>();
    const encoded = encodedLists.get(list) ?? new WeakMap<object, readonly Value[]>();
    decodedLists.set(array, decoded.set(key, list));
    encodedLists.set(list, encoded.set(key, array));
  },
};

const scalarKeys = new Map<string, object>();

/** One object for equal types: a capsule's kind, the type itself, or a token for a scalar's name. */
function keyOf(type: Type): object {
  if (typeof type === 'object') return 'capsule' in type ? type.capsule : type;
  const key = scalarKeys.get(type) ?? {};
  scalarKeys.set(type, key);
  return key;
}
