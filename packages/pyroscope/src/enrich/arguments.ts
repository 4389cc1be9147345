import { targetKind } from '@pewter/discovery';
import { body, capsule, type Infer, list, optional, required, string, withDefault } from '@pewter/language';
import { profilesReceiverKind } from '../profiles-receiver.ts';

/** The arguments of pyroscope.enrich with the reference's defaults. */
export const enrichArguments = body({
  targets: required(list(capsule(targetKind))),
  target_match_label: required(string),
  profiles_match_label: withDefault(string, ''),
  labels_to_copy: optional(list(string)),
  forward_to: required(list(capsule(profilesReceiverKind))),
});

/** What pyroscope.enrich exports. */
export const enrichExports = body({ receiver: required(capsule(profilesReceiverKind)) });

/** The decoded arguments. */
export type EnrichArguments = Infer<typeof enrichArguments>;
/** The exports. */
export type EnrichExports = Infer<typeof enrichExports>;
