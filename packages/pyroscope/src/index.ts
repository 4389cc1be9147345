import type { ComponentDefinition } from '@pewter/runtime';
import { pyroscopeEnrich } from './enrich/definition.ts';
import { pyroscopeReceiveHttp } from './receive-http/definition.ts';
import { pyroscopeRelabel } from './relabel/definition.ts';
import { pyroscopeScrape } from './scrape/definition.ts';
import { pyroscopeWrite } from './write/definition.ts';

export { type PyroscopeCode, pyroscopeCodes } from './codes.ts';
export {
  badLabelCharacter,
  type Label,
  overrideLabels,
  refusedLabels,
  sentLabels,
  sortedLabels,
} from './labels.ts';
export {
  type AppendResult,
  delivered,
  type IngestRequest,
  type Profile,
  type ProfilesReceiver,
  profilesReceiverKind,
} from './profiles-receiver.ts';
export { completeAddress } from './scrape/address.ts';
export { defineScrape } from './scrape/definition.ts';
export { type Ownership, ownsAll } from './scrape/ownership.ts';
export { defineWrite } from './write/definition.ts';

/** The components of this package. */
export const pyroscopeComponents: readonly ComponentDefinition[] = [
  pyroscopeEnrich,
  pyroscopeReceiveHttp,
  pyroscopeRelabel,
  pyroscopeScrape,
  pyroscopeWrite,
];
