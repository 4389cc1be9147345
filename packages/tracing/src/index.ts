export { Tracing, type TracingOptions, type TracingSettings } from './tracing.ts';
