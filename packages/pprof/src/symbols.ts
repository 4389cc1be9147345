import { Hash } from './hash.ts';
import { IdTable } from './id-table.ts';
import { grown, IntList } from './int-list.ts';
import type { ProfileIndex } from './profile-index.ts';
import type { Ranges } from './ranges.ts';
import { functionField, lineField, locationField, mappingField, tagOf } from './schema.ts';
import type { Varints } from './varints.ts';
import { wireType } from './wire.ts';

/** Hashes of 64 bits, each as two halves, by place in a table. */
export type Hashes = Int32Array<ArrayBuffer>;

const { varint, bytes: content } = wireType;
const mappingTags = {
  id: tagOf(mappingField.id, varint),
  filename: tagOf(mappingField.filename, varint),
  buildId: tagOf(mappingField.buildId, varint),
  last: tagOf(mappingField.hasInlineFrames, varint),
} as const;
const functionTags = {
  id: tagOf(functionField.id, varint),
  name: tagOf(functionField.name, varint),
  systemName: tagOf(functionField.systemName, varint),
  filename: tagOf(functionField.filename, varint),
  startLine: tagOf(functionField.startLine, varint),
} as const;
const locationTags = {
  id: tagOf(locationField.id, varint),
  mappingId: tagOf(locationField.mappingId, varint),
  address: tagOf(locationField.address, varint),
  line: tagOf(locationField.line, content),
  isFolded: tagOf(locationField.isFolded, varint),
} as const;
const lineTags = {
  functionId: tagOf(lineField.functionId, varint),
  line: tagOf(lineField.line, varint),
  column: tagOf(lineField.column, varint),
} as const;

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
  /** The functions of all locations' lines; those of one location end at its place in `lineEnds`. -1 for none. */
  readonly lineFunctions = new IntList();
  readonly lineEnds = new IntList();
  /** The id of each location, in two halves. */
  readonly locationIdHalves = new IntList();
  /** The mapping of each location; -1 for none. */
  readonly locationMappings = new IntList();
  /** Name, system name and file of each function: three string indexes. */
  readonly functionNames = new IntList();
  /** File and build id of each mapping: two string indexes. */
  readonly mappingNames = new IntList();
  readonly #lists = [
    this.lineFunctions,
    this.lineEnds,
    this.locationIdHalves,
    this.locationMappings,
    this.functionNames,
    this.mappingNames,
  ];
  readonly #functionIds = new IdTable();
  #functions: Hashes = new Int32Array();
  readonly #hash = new Hash();

  /** Without `hashing` the hashes mean nothing. Throws {@link WireError}. */
  read(index: ProfileIndex, reader: Varints, hashing = true): void {
    this.wanted = 0;
    for (const list of this.#lists) list.clear();
    if (hashing) this.#readStrings(index);
    this.#readMappings(index.mappings, reader);
    this.#readFunctions(index.functions, reader);
    this.#readLocations(index.locations, reader);
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
    this.mappingIds.reset(mappings.count);
    for (let place = 0; place < mappings.count; place++) {
      reader.at = mappings.start(place);
      this.#readMapping(reader, mappings.end(place), place);
      reader.endAt(mappings.end(place));
    }
  }

  #readMapping(reader: Varints, end: number, place: number): void {
    let [lo, hi, filename, buildId] = [0, 0, 0, 0];
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag > mappingTags.last || (tag & 7) !== varint || tag < mappingTags.id) {
        reader.skip(end);
        continue;
      }
      reader.read();
      if (tag === mappingTags.id) [lo, hi] = [reader.lo, reader.hi];
      else if (tag === mappingTags.filename) filename = this.#name(reader);
      else if (tag === mappingTags.buildId) buildId = this.#name(reader);
    }
    this.mappingIds.add(lo, hi, place);
    this.mappingNames.push(filename);
    this.mappingNames.push(buildId);
  }

  #readFunctions(functions: Ranges, reader: Varints): void {
    this.#functionIds.reset(functions.count);
    this.#functions = grown(this.#functions, functions.count * 2);
    for (let place = 0; place < functions.count; place++) {
      reader.at = functions.start(place);
      this.#hash.start();
      this.#readFunction(reader, functions.end(place), place);
      this.#hash.finishInto(this.#functions, place);
      reader.endAt(functions.end(place));
    }
  }

  #readFunction(reader: Varints, end: number, place: number): void {
    let [lo, hi, name, systemName, filename] = [0, 0, 0, 0, 0];
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === functionTags.id) {
        reader.read();
        lo = reader.lo;
        hi = reader.hi;
      } else if (tag === functionTags.name) name = this.#readName(reader);
      else if (tag === functionTags.systemName) systemName = this.#readName(reader);
      else if (tag === functionTags.filename) filename = this.#readName(reader);
      else if (tag === functionTags.startLine) reader.read();
      else reader.skip(end);
    }
    this.#functionIds.add(lo, hi, place);
    this.functionNames.push(name);
    this.functionNames.push(systemName);
    this.functionNames.push(filename);
    this.#hash.addFrom(this.strings, name);
    this.#hash.addFrom(this.strings, filename);
  }

  #readName(reader: Varints): number {
    reader.read();
    return this.#name(reader);
  }

  /** The number last read as an index into the string table. */
  #name(reader: Varints): number {
    const name = reader.index;
    if (name >= this.wanted) this.wanted = name + 1;
    return name;
  }

  #readLocations(locations: Ranges, reader: Varints): void {
    this.locationIds.reset(locations.count);
    this.locations = grown(this.locations, locations.count * 2);
    for (let place = 0; place < locations.count; place++) {
      reader.at = locations.start(place);
      this.#hash.start();
      this.#readLocation(reader, locations.end(place), place);
      this.#hash.finishInto(this.locations, place);
      reader.endAt(locations.end(place));
    }
  }

  #readLocation(reader: Varints, end: number, place: number): void {
    let [lo, hi, addressLo, addressHi, mapping] = [0, 0, 0, 0, -1];
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === locationTags.line) this.#readLine(reader, reader.length(end));
      else if (tag === locationTags.id) {
        reader.read();
        lo = reader.lo;
        hi = reader.hi;
      } else if (tag === locationTags.mappingId) {
        reader.read();
        mapping = this.mappingIds.find(reader.lo, reader.hi);
      } else if (tag === locationTags.address) {
        reader.read();
        addressLo = reader.lo;
        addressHi = reader.hi;
      } else if (tag === locationTags.isFolded) reader.read();
      else reader.skip(end);
    }
    this.#hash.add(addressLo);
    this.#hash.add(addressHi);
    this.locationIds.add(lo, hi, place);
    this.locationIdHalves.push(lo);
    this.locationIdHalves.push(hi);
    this.locationMappings.push(mapping);
    this.lineEnds.push(this.lineFunctions.length);
  }

  #readLine(reader: Varints, end: number): void {
    let [fnLo, fnHi, lo, hi] = [0, 0, 0, 0];
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === lineTags.functionId) {
        reader.read();
        fnLo = reader.lo;
        fnHi = reader.hi;
      } else if (tag === lineTags.line) {
        reader.read();
        lo = reader.lo;
        hi = reader.hi;
      } else if (tag === lineTags.column) reader.read();
      else reader.skip(end);
    }
    reader.endAt(end);
    const fn = this.#functionIds.find(fnLo, fnHi);
    if (fn >= 0) this.#hash.addFrom(this.#functions, fn);
    this.#hash.add(lo);
    this.#hash.add(hi);
    this.lineFunctions.push(fn);
  }
}
