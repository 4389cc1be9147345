/**
 * Decides which targets this process scrapes when several processes share them (`clustering { enabled = true }`).
 * The key of a target is the same on every node.
 */
export interface Ownership {
  owns(key: () => bigint): boolean;
}

/** A single process owns everything. */
export const ownsAll: Ownership = { owns: () => true };
