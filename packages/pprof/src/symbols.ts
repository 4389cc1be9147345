import { Hash } from './hash.ts';
import { IdTable } from './id-table.ts';
import { grown, IntList } from './int-list.ts';
import type { ProfileIndex } from './profile-index.ts';
import { functionField, idField, lineField, locationField } from './schema.ts';
import { WireCursor } from './wire.ts';

/** Hashes of 64 bits, each as two halves, by place in a table. */
export type Hashes = Int32Array<ArrayBuffer>;

/**
 * The strings, functions and locations of one profile as hashes: equal ones mean the same in every profile, whatever
 * ids and string indexes it uses. That of a location is made of its address and the names, files and lines there.
 * Also keeps what each refers to, by places in the tables, for those who write them.
 */
export class Symbols {
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
  readonly #lists = [
    this.lineFunctions,
    this.lineEnds,
    this.locationIdHalves,
    this.locationMappings,
    this.functionNames,
  ];
  readonly #functionIds = new IdTable();
  #functions: Hashes = new Int32Array();
  readonly #hash = new Hash();
  readonly #outer = new WireCursor();
  readonly #inner = new WireCursor();

  /** Without `hashing` the hashes mean nothing. */
  read(index: ProfileIndex, hashing = true): void {
    for (const list of this.#lists) list.clear();
    if (hashing) this.#readStrings(index);
    this.#readMappings(index);
    this.#readFunctions(index);
    this.#readLocations(index);
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

  #readMappings({ bytes, mappings }: ProfileIndex): void {
    this.mappingIds.reset(mappings.count);
    for (let place = 0; place < mappings.count; place++) {
      const cursor = this.#outer.over(bytes, mappings.start(place), mappings.end(place));
      let [lo, hi] = [0, 0];
      while (cursor.next()) if (cursor.field === idField) [lo, hi] = [cursor.lo, cursor.hi];
      this.mappingIds.add(lo, hi, place);
    }
  }

  #readFunctions({ bytes, functions }: ProfileIndex): void {
    this.#functionIds.reset(functions.count);
    this.#functions = grown(this.#functions, functions.count * 2);
    for (let place = 0; place < functions.count; place++) {
      this.#readFunction(this.#outer.over(bytes, functions.start(place), functions.end(place)), place);
      this.#hash.finishInto(this.#functions, place);
    }
  }

  #readFunction(cursor: WireCursor, place: number): void {
    let [lo, hi, name, systemName, filename] = [0, 0, 0, 0, 0];
    while (cursor.next()) {
      if (cursor.field === functionField.id) {
        lo = cursor.lo;
        hi = cursor.hi;
      } else if (cursor.field === functionField.name) name = cursor.index;
      else if (cursor.field === functionField.systemName) systemName = cursor.index;
      else if (cursor.field === functionField.filename) filename = cursor.index;
    }
    this.#functionIds.add(lo, hi, place);
    this.functionNames.push(name);
    this.functionNames.push(systemName);
    this.functionNames.push(filename);
    this.#hash.start();
    this.#hash.addFrom(this.strings, name);
    this.#hash.addFrom(this.strings, filename);
  }

  #readLocations({ bytes, locations }: ProfileIndex): void {
    this.locationIds.reset(locations.count);
    this.locations = grown(this.locations, locations.count * 2);
    for (let place = 0; place < locations.count; place++) {
      this.#hash.start();
      this.#readLocation(this.#outer.over(bytes, locations.start(place), locations.end(place)), place);
      this.#hash.finishInto(this.locations, place);
    }
  }

  #readLocation(cursor: WireCursor, place: number): void {
    let [lo, hi, addressLo, addressHi, mapping] = [0, 0, 0, 0, -1];
    while (cursor.next()) {
      if (cursor.field === locationField.line) this.#readLine(this.#inner.enter(cursor));
      else if (cursor.field === locationField.mappingId) mapping = this.mappingIds.find(cursor.lo, cursor.hi);
      else if (cursor.field === locationField.id) {
        lo = cursor.lo;
        hi = cursor.hi;
      } else if (cursor.field === locationField.address) {
        addressLo = cursor.lo;
        addressHi = cursor.hi;
      }
    }
    this.#hash.add(addressLo);
    this.#hash.add(addressHi);
    this.locationIds.add(lo, hi, place);
    this.locationIdHalves.push(lo);
    this.locationIdHalves.push(hi);
    this.locationMappings.push(mapping);
    this.lineEnds.push(this.lineFunctions.length);
  }

  #readLine(cursor: WireCursor): void {
    let [fnLo, fnHi, lo, hi] = [0, 0, 0, 0];
    while (cursor.next()) {
      if (cursor.field === lineField.functionId) {
        fnLo = cursor.lo;
        fnHi = cursor.hi;
      } else if (cursor.field === lineField.line) {
        lo = cursor.lo;
        hi = cursor.hi;
      }
    }
    const fn = this.#functionIds.find(fnLo, fnHi);
    if (fn >= 0) this.#hash.addFrom(this.#functions, fn);
    this.#hash.add(lo);
    this.#hash.add(hi);
    this.lineFunctions.push(fn);
  }
}
