import { Counter, type Registry } from 'prom-client';

/** The counters of a Kubernetes discovery. */
export interface KubernetesMetrics {
  readonly events: Counter<'role' | 'event'>;
  readonly failures: Counter;
}

/** Counters named as in Prometheus. `role` is that of the objects: `pod`, `service`, … */
export function kubernetesMetrics(registry: Registry): KubernetesMetrics {
  return {
    events: new Counter({
      name: 'prometheus_sd_kubernetes_events_total',
      help: 'The number of Kubernetes events handled.',
      labelNames: ['role', 'event'],
      registers: [registry],
    }),
    failures: new Counter({
      name: 'prometheus_sd_kubernetes_failures_total',
      help: 'The number of failed WATCH/LIST requests.',
      registers: [registry],
    }),
  };
}
