import { type ListedService, startServiceDiscovery } from './service-discovery.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';

/** The modules below `services/`; each becomes one process. */
const names = ['search', 'orders'];

/** Two running services and the service discovery that lists them. */
export interface Demo {
  readonly services: readonly ListedService[];
  /** Where the services are listed, in the form of Prometheus's HTTP service discovery. */
  readonly discoveryUrl: string;
  /** Ends all of it. */
  close(): Promise<void>;
}

/** Starts the services, each in a process of its own, and their service discovery, all on free ports of 127.0.0.1. */
export async function startDemo(): Promise<Demo> {
  const services = await startAll();
  const discovery = await startServiceDiscovery(services);
  return {
    services: services.map(({ name, address }) => ({ name, address })),
    discoveryUrl: discovery.url,
    async close() {
      await Promise.all([discovery, ...services].map((part) => part.close()));
    },
  };
}

/** All services, or none: when one cannot start, the others are ended. */
async function startAll(): Promise<ServiceProcess[]> {
  const started = await Promise.allSettled(names.map(startServiceProcess));
  const services = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = started.find((result) => result.status === 'rejected');
  if (!failed) return services;
  await Promise.all(services.map((service) => service.close()));
  throw failed.reason;
}
