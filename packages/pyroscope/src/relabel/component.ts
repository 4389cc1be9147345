import { compileRule, type RelabelRules, relabelRulesKind } from '@pewter/discovery';
import type { Component, ComponentContext } from '@pewter/runtime';
import { createFanout, createFanoutMetrics } from '../fanout.ts';
import type { Label } from '../labels.ts';
import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';
import { untilAborted } from '../until-aborted.ts';
import { applyRules } from './apply-rules.ts';
import type { RelabelArguments, RelabelExports } from './arguments.ts';
import { LabelCache, type Relabelled } from './label-cache.ts';
import { createRelabelMetrics, type RelabelMetrics } from './metrics.ts';

/** Builds pyroscope.relabel; see its definition. */
export function build(
  context: ComponentContext<RelabelExports>,
  args: RelabelArguments,
): Component<RelabelArguments> {
  return new RelabelComponent(context, args);
}

class RelabelComponent implements Component<RelabelArguments>, ProfilesReceiver {
  readonly #context: ComponentContext<RelabelExports>;
  readonly #metrics: RelabelMetrics;
  readonly #cache: LabelCache;
  readonly #fanout: ProfilesReceiver;
  // One object through every update, so that equal exports stay equal.
  readonly #receiver: ProfilesReceiver = { append: (profile) => this.append(profile) };
  #args: RelabelArguments;
  #rules: RelabelRules = [];

  constructor(context: ComponentContext<RelabelExports>, args: RelabelArguments) {
    this.#context = context;
    this.#metrics = createRelabelMetrics(context.metrics);
    this.#cache = new LabelCache(args.max_cache_size);
    this.#args = args;
    const fanoutMetrics = createFanoutMetrics(context.metrics);
    this.#fanout = createFanout(() => this.#args.forward_to, fanoutMetrics, context.clock);
    this.update(args);
  }

  run(signal: AbortSignal): Promise<void> {
    return untilAborted(signal);
  }

  update(args: RelabelArguments): void {
    const rules = args.rule.map(compileRule);
    if (!relabelRulesKind.equals(rules, this.#rules)) this.#cache.clear();
    this.#cache.resize(args.max_cache_size);
    this.#metrics.cacheSize.set(this.#cache.size);
    this.#args = args;
    this.#rules = rules;
    this.#context.setExports({ receiver: this.#receiver, rules });
  }

  append(profile: Profile): Promise<AppendResult> {
    this.#metrics.processed.inc();
    // Without labels there is nothing that rules could work on.
    const labels = profile.labels.length === 0 ? profile.labels : this.#relabel(profile.labels);
    if (labels === undefined) {
      this.#metrics.dropped.inc();
      return Promise.resolve(delivered);
    }
    this.#metrics.written.inc();
    return this.#fanout.append(labels === profile.labels ? profile : { ...profile, labels });
  }

  #relabel(labels: readonly Label[]): Relabelled {
    const known = this.#cache.get(labels);
    if (known) {
      this.#metrics.cacheHits.inc();
      return known.result;
    }
    this.#metrics.cacheMisses.inc();
    const result = applyRules(this.#rules, labels);
    this.#cache.set(labels, result);
    this.#metrics.cacheSize.set(this.#cache.size);
    return result;
  }
}
