import { fromBinary } from '@bufbuild/protobuf';
import { profileDigest, readProfile } from '@pewter/pprof';
import { PushRequestSchema } from '@pewter/pyroscope/protocol';
import { seriesText } from '@pewter/testkit';

/** A profile of a push as it was recorded. */
interface SampleFacts {
  readonly id?: string;
  readonly bytes: number;
  readonly digest?: string;
  readonly profile?: { readonly digest?: string };
}

/** A push as it was recorded; one over `/ingest` has a body instead of series. */
export interface PushFacts {
  readonly on: string;
  /** The status, or `dropped`. */
  readonly answered: string;
  readonly path: string;
  readonly query?: string;
  readonly series?: readonly {
    readonly labels: readonly (readonly [string, string])[];
    readonly samples: readonly SampleFacts[];
  }[];
  readonly body?: SampleFacts;
}

/** A profile that arrived: its series, where it went and how that was answered; and its id and content. */
export type PushedProfile = readonly [series: string, content: string];

/** All profiles of a recording. */
export function recordedProfiles(pushes: readonly PushFacts[]): readonly PushedProfile[] {
  return pushes.flatMap((push) => {
    const way = wayOf(push);
    if (push.body) return [[way, contentText(push.body)] as const];
    return (push.series ?? []).flatMap(({ labels, samples }) =>
      samples.map((sample) => [`${way} ${seriesText(labels)}`, contentText(sample)] as const),
    );
  });
}

/** A push that came to a server, in the form of the recordings. */
export async function pushFacts(
  way: Pick<PushFacts, 'on' | 'answered' | 'path'> & { readonly query?: string },
  body: Uint8Array,
): Promise<PushFacts> {
  if (way.path.endsWith('/ingest')) return { ...way, body: await sampleFacts(body) };
  const { series } = fromBinary(PushRequestSchema, body);
  const facts = series.map(async ({ labels, samples }) => ({
    labels: labels.map(({ name, value }) => [name, value] as const),
    samples: await Promise.all(samples.map(({ rawProfile, ID }) => sampleFacts(rawProfile, ID))),
  }));
  return { ...way, series: await Promise.all(facts) };
}

async function sampleFacts(bytes: Uint8Array, id = ''): Promise<SampleFacts> {
  const read = await readProfile(bytes);
  return {
    id,
    bytes: bytes.length,
    ...('profile' in read && { digest: profileDigest(read.profile) }),
  };
}

function wayOf({ on, answered, path, query = '' }: PushFacts): string {
  return `${on} ${answered} ${path} ${query}`;
}

/** What is no profile is told apart by its length. */
function contentText({ id = '', bytes, digest, profile }: SampleFacts): string {
  return `${id} ${digest ?? profile?.digest ?? `${bytes} bytes`}`;
}
