import type { Location, Function as PprofFunction, Profile, Sample, ValueType } from 'pprof-format';

/** What the decoder gives for any integer: a number, or a bigint of the unsigned 64 bits when it is large. */
export type Numeric = number | bigint;

/** The signed 64-bit integer that a decoded number stands for. */
export function signed(value: Numeric): bigint {
  return BigInt.asIntN(64, BigInt(value));
}

/** Reads names and stacks of a profile by their ids; made once for each profile. */
export class ProfileView {
  readonly profile: Profile;
  readonly #locations: ReadonlyMap<Numeric, Location>;
  readonly #functions: ReadonlyMap<Numeric, PprofFunction>;

  constructor(profile: Profile) {
    this.profile = profile;
    this.#locations = new Map(profile.location.map((location) => [location.id, location]));
    this.#functions = new Map(profile.function.map((fn) => [fn.id, fn]));
  }

  /** A string of the string table; empty where the index is out of range. */
  string(index: Numeric): string {
    return this.profile.stringTable.strings[Number(index)] ?? '';
  }

  /** `TYPE/UNIT`, such as `alloc_space/bytes`. */
  typeName(type: ValueType): string {
    return `${this.string(type.type)}/${this.string(type.unit)}`;
  }

  location(id: Numeric): Location | undefined {
    return this.#locations.get(id);
  }

  function(id: Numeric): PprofFunction | undefined {
    return this.#functions.get(id);
  }

  /** The name of a location's innermost function, or its address where it has none. */
  leafName(sample: Sample): string {
    const location = this.location(sample.locationId[0] ?? 0);
    const line = location?.line[0];
    if (line) return this.string(this.function(line.functionId)?.name ?? 0);
    return location ? `0x${location.address.toString(16)}` : '(unknown)';
  }
}
