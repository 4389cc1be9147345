/** The files of durable queues, for those who look into them or send what is there while nothing runs on them. */
export { labelsText } from './labels.ts';
export { createPushClient } from './write/push-client.ts';
export type { PushFailure } from './write/push-failure.ts';
export {
  deleteStep,
  indexOf,
  indexStep,
  isQueueStep,
  labelsOf,
  loadStep,
  profileOf,
  type StoredEntry,
  tableName,
} from './write/queue-table.ts';
export { isAboutProfile, isWorthRetrying } from './write/worth-retrying.ts';
