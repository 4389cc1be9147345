import { httpClientFields, httpClientRules, oneAuthentication, urlKind } from '@pewter/http-client/schema';
import {
  block,
  body,
  duration,
  type Infer,
  map,
  optionalSecret,
  required,
  type Secret,
  string,
  text,
  withDefault,
} from '@pewter/language';
import { positive } from '../positive.ts';

const clientBody = body(
  {
    ...httpClientFields,
    api_server: withDefault(text(urlKind), ''),
    kubeconfig_file: withDefault(string, ''),
  },
  [...httpClientRules, oneAuthentication],
);

const objectBody = body(
  {
    namespace: required(string),
    name: required(string),
    poll_frequency: withDefault(duration, '1m'),
    poll_timeout: withDefault(duration, '15s'),
    client: block(clientBody),
  },
  [positive('poll_frequency'), positive('poll_timeout')],
);

/** The body of `remote.kubernetes.configmap` and `remote.kubernetes.secret`. */
export const objectArguments = objectBody;

/** The decoded form of {@link objectArguments}. */
export type ObjectArguments = Infer<typeof objectBody>;

/** What both export: texts by their keys, hidden where they come from a Secret. */
export const dataExports = body({ data: required(map(optionalSecret)) });

/** The decoded form of {@link dataExports}. */
export interface DataExports {
  readonly data: ReadonlyMap<string, Secret>;
}
