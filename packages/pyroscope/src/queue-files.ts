/** The files of durable queues, for those who look into them or send what is there while nothing runs on them. */
export { createPushClient } from './write/push-client.ts';
export type { PushFailure } from './write/push-failure.ts';
export {
  deleteStep,
  indexOf,
  indexStep,
  isQueueStep,
  loadStep,
  profileOf,
  type StoredEntry,
  seriesOf,
  tableName,
} from './write/queue-table.ts';
export { isAboutProfile, isWorthRetrying } from './write/worth-retrying.ts';
