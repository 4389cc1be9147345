import { Hash } from './hash.ts';
import { IdTable } from './id-table.ts';
import { grown, IntList } from './int-list.ts';
import type { ProfileIndex } from './profile-index.ts';
import type { Ranges } from './ranges.ts';
import { bitsOf, functionField, lineField, locationField, mappingField, tagOf } from './schema.ts';
import { clearFields, type Varints } from './varints.ts';
import { toIndex, wireType } from './wire.ts';

/** Hashes of 64 bits, each as two halves, by place in a table. */
export type Hashes = Int32Array<ArrayBuffer>;

/** The fields of the messages that are numbers: all but one. */
const numbers = {
  mapping: bitsOf(...Object.values(mappingField)),
  function: bitsOf(...Object.values(functionField)),
  location: bitsOf(...Object.values(locationField)) & ~bitsOf(locationField.line),
  line: bitsOf(...Object.values(lineField)),
} as const;

const lineTag = tagOf(locationField.line, wireType.bytes);

/** Integers that are kept of each location: its id in two halves, its mapping, where its lines end. */
const kept = 4;

/**
 * The strings, functions and locations of one profile as hashes: equal ones mean the same in every profile, whatever
 * ids and string indexes it uses. That of a location is made of its address and the names, files and lines there.
 * Also keeps what each refers to, by places in the tables, for those who write them.
 */
export class Symbols {
  /** One more than the largest index into the string table that was read. */
  wanted = 0;
  readonly mappingIds = new IdTable();
  readonly locationIds = new IdTable();
  strings: Hashes = new Int32Array();
  locations: Hashes = new Int32Array();
  /** The functions of all locations' lines, location by location. -1 for none. */
  readonly lineFunctions = new IntList();
  /** Name, system name and file of each function: three string indexes. */
  readonly functionNames = new IntList();
  /** File and build id of each mapping: two string indexes. */
  readonly mappingNames = new IntList();
  #kept = new Int32Array();
  readonly #functionIds = new IdTable();
  #functions: Hashes = new Int32Array();
  readonly #hash = new Hash();
  /** The numbers of the message being read, in halves by field. */
  readonly #mappingFields = new Int32Array(2 * (mappingField.hasInlineFrames + 1));
  readonly #functionFields = new Int32Array(2 * (functionField.startLine + 1));
  readonly #locationFields = new Int32Array(2 * (locationField.isFolded + 1));
  readonly #lineFields = new Int32Array(2 * (lineField.column + 1));

  /** Without `hashing` the hashes mean nothing. Throws {@link WireError}. */
  read(index: ProfileIndex, reader: Varints, hashing = true): void {
    this.wanted = 0;
    this.lineFunctions.clear();
    this.functionNames.clear();
    this.mappingNames.clear();
    if (hashing) this.#readStrings(index);
    this.#readMappings(index.mappings, reader);
    this.#readFunctions(index.functions, reader);
    this.#readLocations(index.locations, reader);
  }

  idLo(location: number): number {
    return this.#kept[location * kept] ?? 0;
  }

  idHi(location: number): number {
    return this.#kept[location * kept + 1] ?? 0;
  }

  /** The mapping of a location; -1 for none. */
  mapping(location: number): number {
    return this.#kept[location * kept + 2] ?? 0;
  }

  /** Where the lines of a location end; 0 for the one before the first. */
  lineEnd(location: number): number {
    return this.#kept[location * kept + 3] ?? 0;
  }

  /** Lets go of the profile. */
  release(): void {
    this.#hash.release();
  }

  #readStrings({ bytes, strings }: ProfileIndex): void {
    this.strings = grown(this.strings, strings.count * 2);
    for (let place = 0; place < strings.count; place++) {
      this.#hash.start();
      this.#hash.addBytes(bytes, strings.start(place), strings.end(place));
      this.#hash.finishInto(this.strings, place);
    }
  }

  #readMappings(mappings: Ranges, reader: Varints): void {
    const fields = this.#mappingFields;
    this.mappingIds.reset(mappings.count);
    for (let place = 0; place < mappings.count; place++) {
      readNumbers(reader, mappings, place, numbers.mapping, fields);
      this.mappingIds.add(fields[mappingField.id * 2] ?? 0, fields[mappingField.id * 2 + 1] ?? 0, place);
      this.mappingNames.push(this.#name(fields, mappingField.filename));
      this.mappingNames.push(this.#name(fields, mappingField.buildId));
    }
  }

  #readFunctions(functions: Ranges, reader: Varints): void {
    const fields = this.#functionFields;
    this.#functionIds.reset(functions.count);
    this.#functions = grown(this.#functions, functions.count * 2);
    for (let place = 0; place < functions.count; place++) {
      readNumbers(reader, functions, place, numbers.function, fields);
      this.#functionIds.add(fields[functionField.id * 2] ?? 0, fields[functionField.id * 2 + 1] ?? 0, place);
      const name = this.#name(fields, functionField.name);
      const filename = this.#name(fields, functionField.filename);
      this.functionNames.push(name);
      this.functionNames.push(this.#name(fields, functionField.systemName));
      this.functionNames.push(filename);
      this.#hash.start();
      this.#hash.addFrom(this.strings, name);
      this.#hash.addFrom(this.strings, filename);
      this.#hash.finishInto(this.#functions, place);
    }
  }

  /** A field that was read, as an index into the string table. */
  #name(fields: Int32Array, field: number): number {
    const name = toIndex(fields[field * 2] ?? 0, fields[field * 2 + 1] ?? 0);
    if (name >= this.wanted) this.wanted = name + 1;
    return name;
  }

  #readLocations(locations: Ranges, reader: Varints): void {
    this.locationIds.reset(locations.count);
    this.locations = grown(this.locations, locations.count * 2);
    this.#kept = grown(this.#kept, locations.count * kept);
    for (let place = 0; place < locations.count; place++) {
      this.#hash.start();
      this.#readLocation(reader, locations.start(place), locations.end(place));
      this.#keepLocation(place);
    }
  }

  #readLocation(reader: Varints, start: number, end: number): void {
    reader.at = start;
    clearFields(this.#locationFields);
    while (!reader.fields(end, numbers.location, this.#locationFields)) {
      if (reader.bytes[reader.at] === lineTag) this.#readLine(reader, end);
      else reader.skip(end);
    }
    reader.endAt(end);
  }

  #readLine(reader: Varints, limit: number): void {
    const fields = this.#lineFields;
    reader.at++;
    const end = reader.length(limit);
    clearFields(fields);
    while (!reader.fields(end, numbers.line, fields)) reader.skip(end);
    reader.endAt(end);
    const fn = this.#functionIds.find(
      fields[lineField.functionId * 2] ?? 0,
      fields[lineField.functionId * 2 + 1] ?? 0,
    );
    if (fn >= 0) this.#hash.addFrom(this.#functions, fn);
    this.#hash.add(fields[lineField.line * 2] ?? 0);
    this.#hash.add(fields[lineField.line * 2 + 1] ?? 0);
    this.lineFunctions.push(fn);
  }

  /** What was read and hashed as the location at a place. */
  #keepLocation(place: number): void {
    const fields = this.#locationFields;
    const [lo, hi] = [fields[locationField.id * 2] ?? 0, fields[locationField.id * 2 + 1] ?? 0];
    this.#hash.add(fields[locationField.address * 2] ?? 0);
    this.#hash.add(fields[locationField.address * 2 + 1] ?? 0);
    this.#hash.finishInto(this.locations, place);
    this.locationIds.add(lo, hi, place);
    const at = place * kept;
    this.#kept[at] = lo;
    this.#kept[at + 1] = hi;
    this.#kept[at + 2] = this.mappingIds.find(
      fields[locationField.mappingId * 2] ?? 0,
      fields[locationField.mappingId * 2 + 1] ?? 0,
    );
    this.#kept[at + 3] = this.lineFunctions.length;
  }
}

/** Reads a message of numbers only, by field; 0 for those it does not have. */
function readNumbers(
  reader: Varints,
  messages: Ranges,
  place: number,
  bits: number,
  fields: Int32Array,
): void {
  const end = messages.end(place);
  reader.at = messages.start(place);
  clearFields(fields);
  while (!reader.fields(end, bits, fields)) reader.skip(end);
  reader.endAt(end);
}
