import type { BodySchema } from '@pewter/language';
import type { DebugInfo } from './component.ts';
import type { ConfigGraph } from './graph.ts';
import type { Health } from './health.ts';
import type { ComponentInstance } from './instance.ts';

/** A component as lists show it. */
export interface ComponentInfo {
  /** The dotted name of its kind, such as `discovery.http`. */
  readonly name: string;
  /** Its id inside its module: `discovery.http.sd`. */
  readonly localId: string;
  /** The path of the module that holds it; empty for the root. */
  readonly moduleId: string;
  readonly label: string;
  readonly health: Health;
  /** Ids of what its arguments refer to. */
  readonly referencesTo: readonly string[];
  /** Ids of those whose arguments refer to it. */
  readonly referencedBy: readonly string[];
  /** Ids of those that its data goes to: what it exports to its readers, what it takes in to its receivers. */
  readonly dataFlowEdgesTo: readonly string[];
}

/** A decoded body with the schema that it was decoded by. Secrets in it print as `(secret)`. */
export interface DecodedBody {
  readonly schema: BodySchema;
  readonly decoded: unknown;
}

export interface ComponentDetails {
  readonly arguments?: DecodedBody;
  readonly exports?: DecodedBody;
  readonly debugInfo?: DebugInfo;
}

/** The line of a component in a list. */
export function infoOf(instance: ComponentInstance, graph: ConfigGraph): ComponentInfo {
  const { id, node } = instance;
  const referencesTo = (graph.predecessors(id) ?? []).toSorted();
  const referencedBy = (graph.successors(id) ?? []).toSorted();
  const readers = exportsReceiver(node.definition.exports) ? [] : referencedBy;
  const receivers = referencesTo.filter((one) => {
    const to = graph.node(one);
    return to.kind === 'component' && exportsReceiver(to.definition.exports);
  });
  return {
    name: node.name,
    localId: id,
    moduleId: '',
    label: node.label,
    health: instance.health(),
    referencesTo,
    referencedBy,
    dataFlowEdgesTo: [...new Set([...readers, ...receivers])].toSorted(),
  };
}

/** Data flows against the reference to a component that exports where to send it. */
function exportsReceiver(exports: BodySchema): boolean {
  return Object.values(exports.fields).some(
    (field) =>
      field.kind === 'attribute' &&
      typeof field.type === 'object' &&
      'capsule' in field.type &&
      /\.(receiver|consumer)$/.test(field.type.capsule.name),
  );
}

/** What a component is made of now. */
export function detailsOf(instance: ComponentInstance): ComponentDetails {
  const { definition } = instance.node;
  const debugInfo = instance.debugInfo();
  const exports = instance.decodedExports;
  return {
    arguments: { schema: definition.arguments, decoded: instance.arguments },
    ...(exports === undefined ? {} : { exports: { schema: definition.exports, decoded: exports } }),
    ...(debugInfo === undefined ? {} : { debugInfo }),
  };
}
