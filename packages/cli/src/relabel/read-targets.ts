import { readFile } from 'node:fs/promises';
import { Target } from '@pewter/discovery';
import { CommandError, systemReason } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';

/** Targets from a JSON file, `-` for standard input. Rejects with {@link CommandError} that says what is wrong with it. */
export async function readTargets(path: string, host: Host): Promise<readonly Target[]> {
  const name = path === '-' ? 'standard input' : path;
  const bytes = path === '-' ? await host.readInput() : await read(path);
  return targetsOf(parsed(Buffer.from(bytes).toString('utf8'), name), name);
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new CommandError(`cannot read ${path}: ${systemReason(cause)}`, exitCode.unusable, { cause });
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(name, (cause as Error).message);
  }
}

/** Objects of labels, or groups of targets with labels of their own. */
function targetsOf(value: unknown, name: string): readonly Target[] {
  if (!Array.isArray(value)) throw wrong(name, 'it is no list');
  return value.flatMap((one: unknown, index) => {
    if (!isRecord(one)) throw wrong(name, `entry ${index + 1} is no object`);
    if (!Array.isArray(one.targets)) return [Target.of(labelsOf(one, name, index))];
    const labels = isRecord(one.labels) ? labelsOf(one.labels, name, index) : {};
    return one.targets.map((address) => Target.of({ ...labels, __address__: String(address) }));
  });
}

function labelsOf(record: Readonly<Record<string, unknown>>, name: string, index: number) {
  for (const [label, value] of Object.entries(record)) {
    if (typeof value !== 'string') throw wrong(name, `label \`${label}\` of entry ${index + 1} is no text`);
  }
  return record as Readonly<Record<string, string>>;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(name: string, reason: string): CommandError {
  const form = 'a JSON list of objects of labels, as in [{"__address__": "host:80"}]';
  return new CommandError(`${name} holds no targets: ${reason}; give ${form}`, exitCode.unusable);
}
