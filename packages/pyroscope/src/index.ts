import type { ComponentDefinition } from '@pewter/runtime';
import { pyroscopeEnrich } from './enrich/component.ts';
import { pyroscopeReceiveHttp } from './receive-http/component.ts';
import { pyroscopeRelabel } from './relabel/component.ts';
import { pyroscopeScrape } from './scrape/component.ts';
import { pyroscopeWrite } from './write/component.ts';

export { type PyroscopeCode, pyroscopeCodes } from './codes.ts';
export { createFanout, createFanoutMetrics, type FanoutMetrics } from './fanout.ts';
export { badLabelCharacter, type Label, overrideLabels, sortedLabels } from './labels.ts';
export {
  type AppendResult,
  delivered,
  type IngestRequest,
  type Profile,
  type ProfilesReceiver,
  profilesReceiverKind,
} from './profiles-receiver.ts';
export { defineScrape } from './scrape/component.ts';
export { type Ownership, ownsAll } from './scrape/ownership.ts';
export { defineWrite } from './write/component.ts';

/** The components of this package. */
export const pyroscopeComponents: readonly ComponentDefinition[] = [
  pyroscopeEnrich,
  pyroscopeReceiveHttp,
  pyroscopeRelabel,
  pyroscopeScrape,
  pyroscopeWrite,
];
