/** Bytes that several requests share for the bodies that they hold in memory. */
export class ByteBudget {
  /** All of them; may be changed at any time. */
  bytes: number;
  #taken = 0;

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Takes so many; false, and nothing taken, where fewer are left. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.bytes) return false;
    this.#taken += bytes;
    return true;
  }

  /** Gives them back. */
  give(bytes: number): void {
    this.#taken -= bytes;
  }
}
