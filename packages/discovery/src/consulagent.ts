import { tlsConfigBody } from '@pewter/http-client/schema';
import { block, body, duration, type Infer, withDefault } from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { consulFields } from './consul-arguments.ts';
import { positive } from './positive.ts';
import { targetExports } from './target-exports.ts';

const agentArguments = body(
  {
    ...consulFields,
    refresh_interval: withDefault(duration, '30s'),
    tls_config: block(tlsConfigBody),
  },
  [positive('refresh_interval')],
);

/** The decoded arguments of `discovery.consulagent`. */
export type AgentArguments = Infer<typeof agentArguments>;

/** `discovery.consulagent`: the services that one Consul agent knows. */
export const consulAgentDiscovery = defineComponent({
  name: 'discovery.consulagent',
  stability: 'generally-available',
  arguments: agentArguments,
  exports: targetExports,
  implementation: () => import('./consulagent-component.ts'),
});
