import {
  httpClientFields,
  httpClientRules,
  oneAuthentication,
  urlKind,
  usableUrl,
} from '@pewter/http-client/schema';
import { body, duration, type Infer, list, optional, string, text, withDefault } from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { targetExports } from './target-exports.ts';

const kubeletArguments = body(
  {
    ...httpClientFields,
    url: withDefault(text(urlKind), 'https://localhost:10250'),
    refresh_interval: withDefault(duration, '0s'),
    namespaces: optional(list(string)),
  },
  [...httpClientRules, oneAuthentication, usableUrl('url')],
);

/** The decoded arguments of `discovery.kubelet`. */
export type KubeletArguments = Infer<typeof kubeletArguments>;

/** `discovery.kubelet`: the pods of one node, asked of its kubelet. */
export const kubeletDiscovery = defineComponent({
  name: 'discovery.kubelet',
  stability: 'generally-available',
  arguments: kubeletArguments,
  exports: targetExports,
  implementation: () => import('./kubelet-component.ts'),
});
