import type { Runtime } from 'node:inspector';
import {
  Line,
  Location,
  Function as PprofFunction,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import type { Taken } from './v8-to-pprof.ts';

/** A type and its unit, such as `cpu` and `nanoseconds`. */
export type TypeAndUnit = readonly [type: string, unit: string];

/** Collects stacks of V8 call frames with their values and makes one pprof profile of them. */
export class ProfileBuilder {
  readonly #strings = new StringTable();
  readonly #types: readonly TypeAndUnit[];
  readonly #samples: Sample[] = [];
  readonly #locations: Location[] = [];
  readonly #functions: PprofFunction[] = [];
  readonly #idsByFrame = new Map<string, number>();

  constructor(types: readonly TypeAndUnit[]) {
    this.#types = types;
  }

  /** One stack, leaf first, with a value for each sample type. */
  sample(stack: readonly Runtime.CallFrame[], value: readonly number[]): void {
    const locationId = stack.map((frame) => this.#location(frame));
    this.#samples.push(new Sample({ locationId, value: value.map(Math.round) }));
  }

  /** The profile, not compressed. `period` is the mean distance of two samples in units of `periodType`. */
  encode(taken: Taken, periodType: TypeAndUnit, period: number): Uint8Array {
    return new Profile({
      sampleType: this.#types.map((type) => this.#valueType(type)),
      sample: this.#samples,
      location: this.#locations,
      function: this.#functions,
      stringTable: this.#strings,
      timeNanos: nanoseconds(taken.at),
      durationNanos: nanoseconds(taken.milliseconds),
      periodType: this.#valueType(periodType),
      period,
    }).encode();
  }

  /** One function and one location per call frame, under the same id. */
  #location(frame: Runtime.CallFrame): number {
    const key = `${frame.scriptId}:${frame.lineNumber}:${frame.columnNumber}:${frame.functionName}`;
    const known = this.#idsByFrame.get(key);
    if (known !== undefined) return known;
    const id = this.#idsByFrame.size + 1;
    this.#idsByFrame.set(key, id);
    // V8 counts lines from 0 and gives -1 for frames without a source; pprof has 0 for these.
    const line = frame.lineNumber + 1;
    const name = this.#strings.dedup(frame.functionName || '(anonymous)');
    const filename = this.#strings.dedup(fileName(frame.url));
    this.#functions.push(new PprofFunction({ id, name, systemName: name, filename, startLine: line }));
    this.#locations.push(new Location({ id, line: [new Line({ functionId: id, line })] }));
    return id;
  }

  #valueType([type, unit]: TypeAndUnit): ValueType {
    return new ValueType({ type: this.#strings.dedup(type), unit: this.#strings.dedup(unit) });
  }
}

/** The path of a `file:` URL; anything else (`node:internal/…`, no source at all) as it is. */
function fileName(url: string): string {
  return url.startsWith('file://') ? decodeURIComponent(new URL(url).pathname) : url;
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n;
}
