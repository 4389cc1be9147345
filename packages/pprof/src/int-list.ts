/** A growing list of 32-bit integers that keeps its memory when it is cleared. */
export class IntList {
  length = 0;
  /** The integers, and room for more. */
  values = new Int32Array(64);

  /** The integer at a place below `length`. */
  at(index: number): number {
    return this.values[index] ?? 0;
  }

  push(value: number): void {
    if (this.length === this.values.length) this.values = grown(this.values, this.length + 1);
    this.values[this.length++] = value;
  }

  /** Makes room, so that so many more can be put into `values` before `length` says so. */
  reserve(more: number): void {
    if (this.length + more > this.values.length) this.values = grown(this.values, this.length + more);
  }

  clear(): void {
    this.length = 0;
  }
}

/** The array, or a copy of it with room for at least `size` integers (and as many again for later ones). */
export function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  if (size <= array.length) return array;
  const larger = new Int32Array(Math.max(64, size, array.length * 2));
  larger.set(array);
  return larger;
}
