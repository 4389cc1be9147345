export { CountingNetwork } from './counting-network.ts';
export { FakeComponents, type FakeEvent, type FakeReceiver, fakeReceiverKind } from './fake-components.ts';
export { FakeNetwork, type FakeReply } from './fake-network.ts';
export { type FakeAnswer, type FakeRequest, FakeTarget } from './fake-target.ts';
export { MemoryDatabases } from './memory-databases.ts';
export { MemoryFiles } from './memory-files.ts';
export { asFarAs, bySeries, type SeriesValues, seriesText } from './recorded-series.ts';
export { type LogLine, recordingLogger } from './recording-logger.ts';
export {
  type RecordedProfile,
  type RecordedPush,
  RecordingSink,
  type SinkFailure,
} from './recording-sink.ts';
export { reservedPort } from './reserved-port.ts';
export { type TestContext, testContext } from './test-context.ts';
export { MapEnvironment, type TestOutside, testOutside } from './test-outside.ts';
export { settle, VirtualClock } from './virtual-clock.ts';
