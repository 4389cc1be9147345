import { heaviest, readProfile, summarise } from '@pewter/pprof';
import {
  delivered,
  type Label,
  overrideLabels,
  type Profile,
  refusedLabels,
  sentLabels,
} from '@pewter/pyroscope';
import { type Component, type ComponentContext, type ComponentDefinition, registryOf } from '@pewter/runtime';
import type { Vocabulary } from '../components.ts';
import type { TextStream } from '../host.ts';

const shownFunctions = 3;

/** The same with components that send profiles replaced by ones that print a line of JSON for each profile. */
export function dryVocabulary(vocabulary: Vocabulary, out: TextStream): Vocabulary {
  const components = Array.from(vocabulary.registry.values(), (one) =>
    one.name === 'pyroscope.write' ? dryWrite(one, out) : one,
  );
  return { ...vocabulary, registry: registryOf(components) };
}

function dryWrite(write: ComponentDefinition, out: TextStream): ComponentDefinition {
  const build = (context: ComponentContext, args: unknown) =>
    new DryWrite(context, args as DryArguments, out);
  return { ...write, implementation: async () => ({ build }) };
}

interface DryArguments {
  readonly external_labels: ReadonlyMap<string, string> | undefined;
}

class DryWrite implements Component<DryArguments> {
  #args: DryArguments;

  constructor(context: ComponentContext, args: DryArguments, out: TextStream) {
    this.#args = args;
    const append = async (profile: Profile) => {
      const labels = overrideLabels(sentLabels(profile.labels), this.#args.external_labels ?? new Map());
      out.write(`${await dryLine(context.id, { ...profile, labels })}\n`);
      return delivered;
    };
    context.setExports({ receiver: { append } });
  }

  run(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  update(args: DryArguments): void {
    this.#args = args;
  }
}

/**
 * A profile as one line of JSON: where it would have gone from, its labels, and what is in it. `refused` says why it would
 * not have been sent.
 */
export async function dryLine(component: string, { labels, bytes, ingest }: Profile): Promise<string> {
  const named = Object.fromEntries(labels.map(({ name, value }: Label) => [name, value]));
  const refused = refusedLabels(labels);
  const head = {
    component,
    type: named.__name__ ?? '',
    labels: named,
    ...(refused !== undefined && { refused }),
    bytes: bytes.byteLength,
  };
  if (ingest !== undefined) return JSON.stringify({ ...head, ingest: Object.fromEntries(ingest.query) });
  const read = await readProfile(bytes);
  if ('error' in read) return JSON.stringify({ ...head, error: read.error.message });
  const { samples, sampleTypes, sums } = summarise(read.profile);
  // Sums can be larger than what JSON's readers hold as a number.
  const totals = Object.fromEntries(sampleTypes.map((type, at) => [type, String(sums[at] ?? 0n)]));
  const top = heaviest(read.profile, shownFunctions).map(({ name, share }) => ({
    function: name,
    share: Math.round(share * 1000) / 1000,
  }));
  return JSON.stringify({ ...head, samples, totals, top });
}
