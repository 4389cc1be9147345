import type { ComponentDefinition } from '@pewter/runtime';
import { consulDiscovery } from './consul.ts';
import { consulAgentDiscovery } from './consulagent.ts';
import { dnsDiscovery } from './dns.ts';
import { dockerDiscovery } from './docker.ts';
import { ec2Discovery } from './ec2.ts';
import { fileDiscovery } from './file.ts';
import { httpDiscovery } from './http.ts';
import { kubeletDiscovery } from './kubelet.ts';
import { kubernetesDiscovery } from './kubernetes.ts';
import { localFile } from './local-file.ts';
import { localFileMatch } from './local-file-match.ts';
import { processDiscovery } from './process.ts';
import { relabelDiscovery } from './relabel.ts';
import { remoteHttp } from './remote-http.ts';
import { remoteKubernetesConfigMap } from './remote-kubernetes-configmap.ts';
import { remoteKubernetesSecret } from './remote-kubernetes-secret.ts';

export {
  compileRule,
  explain,
  type RelabelRule,
  type RelabelRules,
  type RelabelStep,
  relabel,
  relabelLabels,
  relabelRulesKind,
} from './relabel/relabel.ts';
export { type RelabelAction, type RelabelRuleArguments, relabelRuleBody } from './relabel/rule-schema.ts';
export { Target } from './target.ts';
export { targetKind } from './target-kind.ts';

/** The discovery components that run here. */
export const discoveryComponents: readonly ComponentDefinition[] = [
  consulDiscovery,
  consulAgentDiscovery,
  dnsDiscovery,
  dockerDiscovery,
  ec2Discovery,
  fileDiscovery,
  httpDiscovery,
  kubeletDiscovery,
  kubernetesDiscovery,
  localFile,
  localFileMatch,
  processDiscovery,
  relabelDiscovery,
  remoteHttp,
  remoteKubernetesConfigMap,
  remoteKubernetesSecret,
];
