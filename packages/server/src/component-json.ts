import type { ComponentDetails, ComponentInfo } from '@pewter/runtime';
import { bodyTree, debugTree, type Statement } from './body-tree.ts';

/** A component as the reference's web API shows it. */
export interface ComponentJson {
  readonly name: string;
  readonly type: 'block';
  readonly localID: string;
  readonly moduleID: string;
  readonly label: string;
  readonly referencesTo: readonly string[];
  readonly referencedBy: readonly string[];
  readonly dataFlowEdgesTo: readonly string[];
  readonly health: { readonly state: string; readonly message: string; readonly updatedTime: string };
  readonly original: string;
  readonly arguments: readonly Statement[];
  readonly exports: readonly Statement[];
  readonly debugInfo: readonly Statement[];
  /** Absent where it is made of no modules. */
  readonly createdModuleIDs?: readonly string[];
  readonly liveDebuggingEnabled: boolean;
}

/** Without `details` the trees are empty, as in the reference's list of components. */
export function componentJson(component: ComponentInfo, details: ComponentDetails = {}): ComponentJson {
  const { health } = component;
  return {
    name: component.name,
    type: 'block',
    localID: component.localId,
    moduleID: component.moduleId,
    label: component.label,
    referencesTo: component.referencesTo,
    referencedBy: component.referencedBy,
    dataFlowEdgesTo: component.dataFlowEdgesTo,
    health: {
      state: health.state,
      message: health.message,
      updatedTime: new Date(health.updated).toISOString(),
    },
    original: '',
    arguments: details.arguments ? bodyTree(details.arguments.schema, details.arguments.decoded) : [],
    exports: details.exports ? bodyTree(details.exports.schema, details.exports.decoded) : [],
    debugInfo: details.debugInfo ? debugTree(details.debugInfo) : [],
    ...(component.createdModuleIds.length > 0 && { createdModuleIDs: component.createdModuleIds }),
    liveDebuggingEnabled: false,
  };
}

/** The path of a component from the root: `mod.a/discovery.http.x`. */
export function componentPath(component: ComponentInfo): string {
  return component.moduleId === '' ? component.localId : `${component.moduleId}/${component.localId}`;
}
