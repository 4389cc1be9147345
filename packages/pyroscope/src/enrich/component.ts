import type { Component, ComponentContext } from '@pewter/runtime';
import { createFanout, createFanoutMetrics } from '../fanout.ts';
import { overrideLabels } from '../labels.ts';
import type { AppendResult, Profile, ProfilesReceiver } from '../profiles-receiver.ts';
import { untilAborted } from '../until-aborted.ts';
import type { EnrichArguments, EnrichExports } from './arguments.ts';

/** Builds pyroscope.enrich; see its definition. */
export function build(
  context: ComponentContext<EnrichExports>,
  args: EnrichArguments,
): Component<EnrichArguments> {
  return new EnrichComponent(context, args);
}

class EnrichComponent implements Component<EnrichArguments> {
  readonly #fanout: ProfilesReceiver;
  #args: EnrichArguments;
  #added: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor(context: ComponentContext<EnrichExports>, args: EnrichArguments) {
    this.#args = args;
    this.#added = addedLabels(args);
    const metrics = createFanoutMetrics(context.metrics);
    this.#fanout = createFanout(() => this.#args.forward_to, metrics, context.clock);
    context.setExports({ receiver: { append: (profile) => this.#append(profile) } });
  }

  run(signal: AbortSignal): Promise<void> {
    return untilAborted(signal);
  }

  update(args: EnrichArguments): void {
    this.#args = args;
    this.#added = addedLabels(args);
  }

  #append(profile: Profile): Promise<AppendResult> {
    const { profiles_match_label: own, target_match_label: theirs } = this.#args;
    const matching = own === '' ? theirs : own;
    const value = profile.labels.find(({ name }) => name === matching)?.value ?? '';
    const added = this.#added.get(value);
    if (added === undefined) return this.#fanout.append(profile);
    return this.#fanout.append({ ...profile, labels: overrideLabels(profile.labels, added) });
  }
}

/** What profiles get, by the value that they match with; of two targets with one value the last counts. */
function addedLabels(args: EnrichArguments): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const wanted = new Set(args.labels_to_copy);
  const added = new Map<string, ReadonlyMap<string, string>>();
  for (const target of args.targets) {
    const labels = new Map([...target.labels()].filter(([, value]) => value !== ''));
    const value = labels.get(args.target_match_label);
    if (value === undefined) continue;
    added.set(value, wanted.size === 0 ? labels : new Map([...labels].filter(([name]) => wanted.has(name))));
  }
  return added;
}
