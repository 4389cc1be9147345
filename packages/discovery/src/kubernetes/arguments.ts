import { httpClientFields, httpClientRules, oneAuthentication, urlKind } from '@pewter/http-client/schema';
import {
  block,
  blocks,
  body,
  bool,
  type Infer,
  list,
  optional,
  required,
  string,
  text,
  withDefault,
} from '@pewter/language';

const kubernetesBody = body({
  ...httpClientFields,
  api_server: withDefault(text(urlKind), ''),
  role: required(string),
  kubeconfig_file: withDefault(string, ''),
  namespaces: block(body({ own_namespace: withDefault(bool, false), names: optional(list(string)) })),
  selectors: blocks(
    body({ role: required(string), label: withDefault(string, ''), field: withDefault(string, '') }),
  ),
  attach_metadata: block(body({ node: withDefault(bool, false), namespace: withDefault(bool, false) })),
});

/** The decoded arguments of `discovery.kubernetes`. */
export type KubernetesArguments = Infer<typeof kubernetesBody>;

/** The body of `discovery.kubernetes`. */
export const kubernetesArguments = body(kubernetesBody.fields, [
  ...httpClientRules,
  oneAuthentication,
]) as typeof kubernetesBody;
