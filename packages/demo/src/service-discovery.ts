import { createServer } from 'node:http';
import { listen } from './listen.ts';

/** A service as the service discovery lists it. */
export interface ListedService {
  readonly name: string;
  /** `host:port` */
  readonly address: string;
}

/** A running endpoint. */
export interface Endpoint {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Lists services on a free port of 127.0.0.1 in the form of Prometheus's HTTP service discovery
 * (https://prometheus.io/docs/prometheus/latest/http_sd/). Labels come as a registry would give them, with `__meta_` names, so that a config's
 * relabel rules choose what to keep.
 */
export async function startServiceDiscovery(services: readonly ListedService[]): Promise<Endpoint> {
  const body = JSON.stringify(services.map(targetGroup));
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}/targets`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** One target group per service. */
export function targetGroup({ name, address }: ListedService): {
  targets: string[];
  labels: Record<string, string>;
} {
  return {
    targets: [address],
    labels: {
      __meta_demo_service: name,
      __meta_demo_runtime: 'node',
      __meta_demo_environment: 'demo',
      __meta_demo_profiled: 'true',
    },
  };
}
