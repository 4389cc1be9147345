import type { Environment, Network, Outside, Programs } from '@pewter/runtime';
import { realDispatcher, realListen, realNameClient } from '@pewter/runtime/running';
import { MemoryDatabases } from './memory-databases.ts';
import { MemoryFiles } from './memory-files.ts';
import { VirtualClock } from './virtual-clock.ts';

/** An environment that a test writes: `environment.variables.set('NAME', 'value')`. */
export class MapEnvironment implements Environment {
  readonly variables: Map<string, string>;

  constructor(variables: Readonly<Record<string, string>> = {}) {
    this.variables = new Map(Object.entries(variables));
  }

  get(name: string): string | undefined {
    return this.variables.get(name);
  }
}

/** An outside in a test's hands: time, files and variables are virtual, the network is real. */
export interface TestOutside extends Outside {
  readonly clock: VirtualClock;
  readonly files: MemoryFiles;
  readonly environment: MapEnvironment;
}

/** A test that runs programs brings them itself. */
const noPrograms: Programs = {
  run: (program) => Promise.reject(new Error(`the program \`${program}\` is not installed here`)),
};

const loopback: Network = {
  dispatcher: realDispatcher,
  nameClient: realNameClient,
  listen: realListen,
};

/** A fresh outside for one test. */
export function testOutside(overrides: Partial<TestOutside> = {}): TestOutside {
  return {
    clock: new VirtualClock(),
    files: new MemoryFiles(),
    databases: new MemoryDatabases(),
    environment: new MapEnvironment(),
    network: loopback,
    programs: noPrograms,
    ...overrides,
  };
}
