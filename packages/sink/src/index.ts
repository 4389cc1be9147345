export { profileLine } from './profile-line.ts';
export type { ReceivedProfile } from './received-profile.ts';
export type { SinkCounts } from './sink-counts.ts';
export { type Sink, type SinkOptions, startSink } from './start-sink.ts';
