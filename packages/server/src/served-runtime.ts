import type { BodySchema } from '@pewter/language';
import type { DebugInfo, Health } from '@pewter/runtime';

/** What the server needs of a running config. The runtime satisfies it; tests hand in a small object. */
export interface ServedRuntime {
  /** True once the first config has been loaded and its components have been built. */
  ready(): boolean;
  /** All components that run, modules included, in a stable order. */
  components(): readonly ServedComponent[];
  /** What one component is made of now; undefined: none has that path. */
  details(path: string): ServedDetails | undefined;
  /** Reads the config again and applies it. What the config has wrong is a result, not a rejection. */
  reload(): Promise<ReloadResult>;
  /** All metrics in the text format of Prometheus. */
  metrics(): Promise<ServedMetrics>;
}

export interface ServedComponent {
  /** The dotted name of its kind, such as `discovery.http`. */
  readonly name: string;
  /** Its id inside its module: `discovery.http.sd`. */
  readonly localId: string;
  /** The path of the module that holds it; empty for the root. */
  readonly moduleId: string;
  readonly label: string;
  readonly health: Health;
  /** Local ids of what its arguments refer to. */
  readonly referencesTo: readonly string[];
  /** Local ids of those whose arguments refer to it. */
  readonly referencedBy: readonly string[];
  /** Local ids of those that its data goes to: for targets those who read them, for profiles their receivers. */
  readonly dataFlowEdgesTo: readonly string[];
}

/** A decoded body with the schema it was decoded by. */
export interface ServedBody {
  readonly schema: BodySchema;
  readonly decoded: unknown;
}

export interface ServedDetails {
  readonly arguments?: ServedBody;
  readonly exports?: ServedBody;
  readonly debugInfo?: DebugInfo;
}

export type ReloadResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

export interface ServedMetrics {
  readonly contentType: string;
  readonly text: string;
}
