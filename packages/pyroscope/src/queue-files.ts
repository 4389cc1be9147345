/** The files of durable queues, for those who look into them or send what is there while nothing runs on them. */
export { createPushClient } from './write/push-client.ts';
export {
  deleteStep,
  indexOf,
  indexStep,
  isQueueStep,
  loadStep,
  profileOf,
  type StoredEntry,
} from './write/queue-table.ts';
