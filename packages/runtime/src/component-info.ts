import type { BodySchema } from '@pewter/language';
import type { DebugInfo } from './component.ts';
import type { ModuleArguments } from './evaluate-node.ts';
import type { ConfigGraph } from './graph.ts';
import { modulesOf } from './has-modules.ts';
import type { Health } from './health.ts';
import type { ComponentInstance } from './instance.ts';
import { anyFields } from './module-schema.ts';
import { isInstanceNode } from './node.ts';

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
  /** Paths of the modules that it is made of. */
  readonly createdModuleIds: readonly string[];
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
export function infoOf(instance: ComponentInstance, graph: ConfigGraph, moduleId: string): ComponentInfo {
  const { id, node } = instance;
  const components = (ids: readonly string[] | undefined) =>
    (ids ?? []).filter((one) => isInstanceNode(graph.node(one))).toSorted();
  const referencesTo = components(graph.predecessors(id));
  const referencedBy = components(graph.successors(id));
  // What a module exports is not told apart by its types, so it has no edges, as in the reference.
  const sends = node.kind === 'component' && !exportsReceiver(node.definition.exports);
  const readers = sends ? referencedBy : [];
  const receivers = referencesTo.filter((one) => {
    const to = graph.node(one);
    return isInstanceNode(to) && exportsReceiver(to.definition.exports);
  });
  return {
    name: node.name,
    localId: id,
    moduleId,
    label: node.label,
    health: instance.health(),
    referencesTo,
    referencedBy,
    dataFlowEdgesTo: [...new Set([...readers, ...receivers])].toSorted(),
    createdModuleIds: node.kind === 'import' ? [] : modulesOf(instance).map(({ path }) => path),
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
  const debugInfo = instance.debugInfo();
  const given = argumentsBody(instance);
  const exports = exportsBody(instance);
  return {
    ...(given === undefined ? {} : { arguments: given }),
    ...(exports === undefined ? {} : { exports }),
    ...(debugInfo === undefined ? {} : { debugInfo }),
  };
}

function argumentsBody({ node, arguments: decoded }: ComponentInstance): DecodedBody | undefined {
  if (decoded === undefined) return undefined;
  if (node.kind === 'custom') return anyBody((decoded as ModuleArguments).values);
  if (node.kind === 'component') return { schema: node.definition.arguments, decoded };
  return { schema: node.definition.arguments, decoded: (decoded as { decoded: unknown }).decoded };
}

function exportsBody({ node, decodedExports: decoded }: ComponentInstance): DecodedBody | undefined {
  if (decoded === undefined || node.kind === 'import' || node.kind === 'foreach') return undefined;
  if (node.kind === 'custom') return anyBody(new Map(Object.entries(decoded ?? {})));
  return { schema: node.definition.exports, decoded };
}

function anyBody(values: ReadonlyMap<string, unknown>): DecodedBody {
  return { schema: anyFields(values.keys()), decoded: Object.fromEntries(values) };
}
