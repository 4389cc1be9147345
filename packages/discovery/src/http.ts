import { httpClientFields, lenientHttpClientRules, urlKind, usableUrl } from '@pewter/http-client/schema';
import { body, duration, type Infer, required, text, withDefault } from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { refreshInterval } from './positive.ts';
import { targetExports } from './target-exports.ts';

const httpArguments = body(
  { ...httpClientFields, url: required(text(urlKind)), refresh_interval: withDefault(duration, '60s') },
  [...lenientHttpClientRules, usableUrl('url'), refreshInterval],
);

/** The decoded arguments of `discovery.http`. */
export type HttpArguments = Infer<typeof httpArguments>;

/** `discovery.http`: targets from a URL that answers with JSON target groups. */
export const httpDiscovery = defineComponent({
  name: 'discovery.http',
  stability: 'generally-available',
  arguments: httpArguments,
  exports: targetExports,
  implementation: () => import('./http-component.ts'),
});
