import type { ComponentDetails, ComponentInfo } from '@pewter/runtime';

/** What the server needs of a running config. The runtime satisfies it; tests hand in a small object. */
export interface ServedRuntime {
  /** True once the first config has been loaded and its components have been built. */
  ready(): boolean;
  /** All components that run, modules included, in a stable order. */
  components(): readonly ComponentInfo[];
  /** What one component is made of now; undefined: none has that path. */
  details(path: string): ComponentDetails | undefined;
  /** Reads the config again and applies it. What the config has wrong is a result, not a rejection. */
  reload(): Promise<ReloadResult>;
  /** All metrics in the text format of Prometheus. */
  metrics(): Promise<ServedMetrics>;
}

export type ReloadResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

export interface ServedMetrics {
  readonly contentType: string;
  readonly text: string;
}
