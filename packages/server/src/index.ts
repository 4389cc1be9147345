export type { HttpSettings } from './http-block.ts';
export type {
  ReloadResult,
  ServedMetrics,
  ServedRuntime,
} from './served-runtime.ts';
export { ServerError, type ServerErrorCode } from './server-error.ts';
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
