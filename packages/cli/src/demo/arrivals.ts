/** Keeps account of which kinds of profiles have arrived from which services. */
export class Arrivals {
  readonly #missing: Set<string>;
  readonly #complete = Promise.withResolvers<void>();

  /** Expects each kind (the label `__name__`) from each service (the label `service_name`). */
  constructor(services: readonly string[], kinds: readonly string[]) {
    this.#missing = new Set(services.flatMap((service) => kinds.map((kind) => `${kind} of ${service}`)));
  }

  /** Takes the labels of a profile that arrived. */
  add(labels: Readonly<Record<string, string>>): void {
    this.#missing.delete(`${labels.__name__} of ${labels.service_name}`);
    if (this.#missing.size === 0) this.#complete.resolve();
  }

  /** What has not arrived: `memory of orders`. */
  get missing(): readonly string[] {
    return [...this.#missing];
  }

  /** Resolves when nothing is missing. */
  get complete(): Promise<void> {
    return this.#complete.promise;
  }
}
