import type { Stability } from './component.ts';
import type { ConfigBlockDefinition } from './config-block.ts';
import type { ImportDefinition } from './import-definition.ts';
import type { ComponentRegistry } from './registry.ts';

/** What is known of a component that cannot run here; `reason` says why not, or what to do. */
export interface KnownComponent {
  readonly reason?: string;
  /** What it is, where it is not merely one that does not run here; ends a sentence that begins with its name. */
  readonly what?: string;
}

/** What a config may name. */
export interface Vocabulary {
  readonly registry: ComponentRegistry;
  readonly configBlocks: ReadonlyMap<string, ConfigBlockDefinition>;
  readonly imports: ReadonlyMap<string, ImportDefinition>;
  readonly stability: Stability;
  /**
   * What is done with components that are only known: a config with one is refused, or they are left out and so is what
   * depends on their values. Absent: nothing, for a config that is only checked.
   */
  readonly unsupported?: 'refuse' | 'skip';
  /** Tells a component that only the reference runs from a mistyped one. */
  readonly knownComponents?: (name: string) => KnownComponent | undefined;
}
