import { targetKind } from '@pewter/discovery';
import { httpClientFields, httpClientRules, oneAuthentication } from '@pewter/http-client/schema';
import {
  block,
  body,
  bool,
  capsule,
  defaultedBlock,
  duration,
  type Infer,
  labelledBlocks,
  list,
  map,
  optional,
  required,
  string,
  withDefault,
} from '@pewter/language';
import { profilesReceiverKind } from '../profiles-receiver.ts';
import { limitFields, limitRules } from './limits.ts';
import { type BuiltinBlock, builtinTypes, type ProfileType } from './profile-types.ts';
import { scrapeRules } from './rules.ts';

function profileBlock({ enabled, path, delta }: ProfileType) {
  return defaultedBlock(
    body({
      enabled: withDefault(bool, enabled),
      path: withDefault(string, path),
      delta: withDefault(bool, delta),
    }),
  );
}

const builtinBlocks = Object.fromEntries(
  builtinTypes.map((type) => [`profile.${type.block}`, profileBlock(type)]),
) as Readonly<Record<`profile.${BuiltinBlock}`, ReturnType<typeof profileBlock>>>;

const customProfile = body({
  enabled: required(bool),
  path: required(string),
  delta: withDefault(bool, false),
});

const profilingConfig = body({
  ...builtinBlocks,
  'profile.custom': labelledBlocks(customProfile),
  path_prefix: withDefault(string, ''),
});

/** The arguments of pyroscope.scrape, as its page gives them; the page's defaults win over the reference's. */
export const scrapeArguments = body(
  {
    targets: required(list(capsule(targetKind))),
    forward_to: required(list(capsule(profilesReceiverKind))),
    job_name: withDefault(string, ''),
    params: optional(map(list(string))),
    scrape_interval: withDefault(duration, '15s'),
    scrape_timeout: withDefault(duration, '18s'),
    delta_profiling_duration: optional(duration),
    scheme: withDefault(string, 'http'),
    ...httpClientFields,
    profiling_config: defaultedBlock(profilingConfig),
    clustering: block(body({ enabled: required(bool) })),
    ...limitFields,
  },
  [...httpClientRules, oneAuthentication, ...scrapeRules, ...limitRules],
);

/** The decoded arguments of pyroscope.scrape; durations in milliseconds. */
export type ScrapeArguments = Infer<typeof scrapeArguments>;
