/** Does work whose faults are handed to `failed`, those of a promise that it gives too: no rejection goes unhandled. */
export function attempt(work: () => unknown, failed: (thrown: unknown) => void): void {
  try {
    const given = work();
    if (given instanceof Promise) given.catch(failed);
  } catch (thrown) {
    failed(thrown);
  }
}

/** A callback whose faults are handed to `failed`. */
export function guarded(callback: () => void, failed: (thrown: unknown) => void): () => void {
  return () => attempt(callback, failed);
}
