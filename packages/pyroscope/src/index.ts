import type { ComponentDefinition } from '@pewter/runtime';
import { pyroscopeScrape } from './scrape/component.ts';
import { pyroscopeWrite } from './write/component.ts';

export { type PyroscopeCode, pyroscopeCodes } from './codes.ts';
export { createFanout, createFanoutMetrics, type FanoutMetrics } from './fanout.ts';
export { badLabelCharacter, type Label, overrideLabels, sortedLabels } from './labels.ts';
export {
  type AppendResult,
  delivered,
  type Profile,
  type ProfilesReceiver,
  profilesReceiverKind,
} from './profiles-receiver.ts';
export { defineScrape } from './scrape/component.ts';
export { type Ownership, ownsAll } from './scrape/ownership.ts';
export { defineWrite } from './write/component.ts';

/** The components of this package. */
export const pyroscopeComponents: readonly ComponentDefinition[] = [pyroscopeScrape, pyroscopeWrite];
