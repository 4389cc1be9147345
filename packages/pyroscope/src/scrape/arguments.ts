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
import { builtinTypes } from './profile-types.ts';
import { scrapeRules } from './rules.ts';

function profileBlock(name: string) {
  const type = builtinTypes.find(({ block }) => block === name);
  return defaultedBlock(
    body({
      enabled: withDefault(bool, type?.enabled ?? false),
      path: withDefault(string, type?.path ?? ''),
      delta: withDefault(bool, type?.delta ?? false),
    }),
  );
}

const customProfile = body({
  enabled: required(bool),
  path: required(string),
  delta: withDefault(bool, false),
});

const profilingConfig = body({
  'profile.memory': profileBlock('memory'),
  'profile.block': profileBlock('block'),
  'profile.goroutine': profileBlock('goroutine'),
  'profile.mutex': profileBlock('mutex'),
  'profile.process_cpu': profileBlock('process_cpu'),
  'profile.fgprof': profileBlock('fgprof'),
  'profile.godeltaprof_memory': profileBlock('godeltaprof_memory'),
  'profile.godeltaprof_mutex': profileBlock('godeltaprof_mutex'),
  'profile.godeltaprof_block': profileBlock('godeltaprof_block'),
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
