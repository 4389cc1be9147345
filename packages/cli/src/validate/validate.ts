import { Linter, namedLints } from '@pewter/lint';
import type { ResolveImports, Stability } from '@pewter/runtime';
import { CommandError } from '../command-error.ts';
import { checkedVocabulary } from '../components.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { ReportFormat } from './formats/format.ts';
import { validatePaths } from './validate-paths.ts';

/** The command line of `validate`, as it was given. */
export interface ValidateFlags {
  readonly format: ReportFormat;
  readonly 'stability.level': Stability;
  readonly 'feature.communityComponents.enabled'?: true;
  readonly denyWarnings?: true;
  readonly all?: true;
  readonly asOne?: true;
  readonly resolveImports: ResolveImports;
  readonly slice?: string;
  readonly only?: string;
  readonly lint: readonly string[];
}

/** Checks what the paths name, and gives the exit status. Rejects with {@link CommandError} on flags that make no sense. */
export async function validate(paths: readonly string[], flags: ValidateFlags, host: Host): Promise<number> {
  const community = flags['feature.communityComponents.enabled'] === true;
  const vocabulary = { ...checkedVocabulary({ community }), stability: flags['stability.level'] };
  const options = {
    vocabulary,
    resolveImports: flags.resolveImports,
    slice: familyOf(flags.slice ?? flags.only, vocabulary.registry.keys()),
    linter: new Linter(vocabulary, turnedOff(flags.lint)),
    format: flags.format,
    denyWarnings: flags.denyWarnings === true,
    all: flags.all === true,
    asOne: flags.asOne === true,
  };
  return validatePaths(paths, options, host);
}

/** A family that there are components of; of a mistyped one nothing would be checked, and all would seem well. */
function familyOf(given: string | undefined, names: Iterable<string>): string | undefined {
  if (given === undefined) return undefined;
  const families = new Set<string>();
  for (const name of names) {
    if (name === given || name.startsWith(`${given}.`)) return given;
    families.add(name.split('.', 1)[0] ?? '');
  }
  const known = [...families].sort().join(', ');
  throw new CommandError(`there are no components ${given}.*; families are ${known}`, exitCode.unusable);
}

/** The lints that `NAME=off` turns off; `NAME=on` takes an earlier one back. */
function turnedOff(given: readonly string[]): ReadonlySet<string> {
  const off = new Set<string>();
  for (const one of given.flatMap((text) => text.split(','))) {
    const [, name = '', state = ''] = /^([\w-]+)=(on|off)$/.exec(one) ?? [];
    const lint = namedLints.find((known) => known.name === name || known.code === name);
    if (lint === undefined) throw new CommandError(unknown(one, name), exitCode.unusable);
    if (state === 'off') off.add(lint.code);
    else off.delete(lint.code);
  }
  return off;
}

function unknown(given: string, name: string): string {
  if (name === '') return `--lint takes NAME=off, not ${given}`;
  return `there is no lint ${name}; pewter validate --list-lints lists them`;
}
