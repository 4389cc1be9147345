export { type ParsedName, parseAppName } from './app-name.ts';
/** The push protocol alone, for those who speak it without running components. */
export {
  PusherService,
  type PushRequest,
  PushRequestSchema,
  type PushResponse,
  PushResponseSchema,
  type RawProfileSeries,
  type RawSample,
} from './gen/push/v1/push_pb.ts';
