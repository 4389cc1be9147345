import type { Pipeline } from '@pewter/runtime';
import type { ReloadResult, ServedRuntime } from '@pewter/server';

/** A pipeline as the HTTP API sees it. */
export function servedPipeline(pipeline: Pipeline, reload: () => Promise<ReloadResult>): ServedRuntime {
  return {
    ready: () => pipeline.ready,
    components: () => pipeline.components(),
    details: (path) => pipeline.details(path),
    reload,
    metrics: async () => ({
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      text: await pipeline.metricsText(),
    }),
  };
}
