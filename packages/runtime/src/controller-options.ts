import type { ObjectValue, Scope } from '@pewter/language';
import type { Logger } from 'pino';
import type { Component, ComponentContext } from './component.ts';
import type { Namespace } from './definitions.ts';
import type { Implementations } from './implementations.ts';
import type { ModuleConfig } from './module-config.ts';
import type { ImportNode, InstanceNode } from './node.ts';
import type { Outside } from './outside.ts';
import type { Prefetched } from './prefetch.ts';
import type { Tracer } from './tracer.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What all controllers of a pipeline share. */
export interface SharedOptions {
  readonly outside: Outside;
  readonly vocabulary: Vocabulary;
  readonly standard: Scope;
  readonly logger: Logger;
  readonly storagePath: string;
  /** How long a stop waits for what is under way, in milliseconds. */
  readonly patience: number;
  /** What was read ahead for the load that goes on. */
  prefetched: Prefetched;
  /** The code of every component that the texts in force name. */
  readonly implementations: Implementations;
  /** Makes what a custom component, a foreach or an import stands for. */
  readonly buildModule: (
    node: InstanceNode,
    context: ComponentContext,
    args: unknown,
    shared: SharedOptions,
    path: string,
  ) => Component;
  /** Told of evaluations and of what components send. */
  readonly tracer: Tracer | undefined;
  /** Told of each evaluation: how long it took and had waited, in milliseconds. */
  readonly evaluated: (took: number, waited: number) => void;
}

export interface ControllerOptions {
  readonly shared: SharedOptions;
  /** The path of the module from the root; empty for the root. */
  readonly path: string;
  readonly configure?: (name: string, decoded: unknown) => void;
  /** A block that configures the program is there, and what it says is not known. */
  readonly unsettled?: (name: string) => void;
  readonly exported?: (exports: ObjectValue) => void;
  /** What an import in this module brings has changed. */
  readonly redefined?: () => void;
}

/** Makes the graph of a module; the imports in it are asked what they have brought. */
export type ReadModule = (namespaceOf: (node: ImportNode) => Namespace) => ModuleConfig;
