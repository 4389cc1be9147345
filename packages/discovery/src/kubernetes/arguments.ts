import { httpClientFields, httpClientRules, oneAuthentication, urlKind } from '@pewter/http-client/schema';
import {
  block,
  blocks,
  body,
  bool,
  didYouMean,
  type Infer,
  list,
  optional,
  type Rule,
  required,
  string,
  text,
  withDefault,
} from '@pewter/language';

/** The roles that a config may name. */
export const roleNames = ['pod', 'service', 'endpoints', 'endpointslice', 'node', 'ingress'] as const;

/** The reference loads any role and finds nothing with one that it does not know, so this is a warning. */
const knownRole: Rule = {
  reads: ['role'],
  check({ role }) {
    if (typeof role !== 'string' || roleNames.some((name) => name === role)) return undefined;
    const likely = didYouMean(role, roleNames);
    return {
      code: 'W0501',
      severity: 'warning',
      message: `there is no role \`${role}\`: nothing is found with it`,
      hint: likely === undefined ? `one of ${roleNames.join(', ')}` : `did you mean \`${likely}\`?`,
      field: 'role',
    };
  },
};

const kubernetesBody = body({
  ...httpClientFields,
  api_server: withDefault(text(urlKind), ''),
  role: required(string),
  kubeconfig_file: withDefault(string, ''),
  namespaces: block(body({ own_namespace: withDefault(bool, false), names: optional(list(string)) })),
  selectors: blocks(
    body({ role: required(string), label: withDefault(string, ''), field: withDefault(string, '') }, [
      knownRole,
    ]),
  ),
  attach_metadata: block(body({ node: withDefault(bool, false), namespace: withDefault(bool, false) })),
});

/** The decoded arguments of `discovery.kubernetes`. */
export type KubernetesArguments = Infer<typeof kubernetesBody>;

/** The body of `discovery.kubernetes`. */
export const kubernetesArguments = body(kubernetesBody.fields, [
  ...httpClientRules,
  oneAuthentication,
  knownRole,
]) as typeof kubernetesBody;
