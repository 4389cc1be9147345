import { httpClientFields, lenientHttpClientRules } from '@pewter/http-client/schema';
import {
  blocks,
  body,
  duration,
  type Infer,
  int,
  list,
  optional,
  type Rule,
  required,
  secret,
  string,
  withDefault,
} from '@pewter/language';
import { refreshInterval } from '../positive.ts';

const filterValues: Rule = {
  reads: ['values'],
  check: ({ values }) =>
    Array.isArray(values) && values.length === 0
      ? { message: 'a filter needs at least one value in `values`', field: 'values' }
      : undefined,
};

const ec2Body = body({
  ...httpClientFields,
  endpoint: withDefault(string, ''),
  region: withDefault(string, ''),
  access_key: withDefault(string, ''),
  secret_key: optional(secret),
  profile: withDefault(string, ''),
  role_arn: withDefault(string, ''),
  refresh_interval: withDefault(duration, '60s'),
  port: withDefault(int, 80),
  filter: blocks(body({ name: required(string), values: required(list(string)) }, [filterValues])),
});

/** The decoded arguments of `discovery.ec2`. */
export type Ec2Arguments = Infer<typeof ec2Body>;

/** The body of `discovery.ec2`. */
export const ec2Arguments = body(ec2Body.fields, [
  ...lenientHttpClientRules,
  refreshInterval,
]) as typeof ec2Body;
