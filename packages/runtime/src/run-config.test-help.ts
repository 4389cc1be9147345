import { SourceFile } from '@pewter/syntax';
import { FakeComponents, settle, testOutside } from '@pewter/testkit';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';

/** A pipeline of fake components that has loaded and started this config, with all that a test may look at or move. */
export async function started(text: string, files: Readonly<Record<string, string>> = {}) {
  const fakes = new FakeComponents();
  const outside = testOutside();
  for (const [path, content] of Object.entries(files)) outside.files.write(path, content);
  const lines: string[] = [];
  const logs = createLogger({
    destination: { write: (line) => void lines.push(line) },
    clock: outside.clock,
  });
  const pipeline = new Pipeline({
    registry: fakes.registry,
    stability: 'experimental',
    outside,
    logs,
    storagePath: '/nonexistent',
    patience: 5_000,
  });
  const reload = (next: string) => pipeline.reload([new SourceFile('config.alloy', next)]);
  const outcome = await reload(text);
  pipeline.start();
  await settle();
  return { fakes, outside, clock: outside.clock, pipeline, reload, outcome, lines };
}

/** What a component exports now, by its full id. */
export function exportsOf(pipeline: Pipeline, id: string): unknown {
  return pipeline.details(id)?.exports?.decoded;
}

/** Diagnostics as `CODE file:line message`. */
export function told(diagnostics: Awaited<ReturnType<Pipeline['reload']>>['diagnostics']): string[] {
  return diagnostics.map(({ code, message, location }) => {
    const line = location?.source.position(location.range.start).line ?? 0;
    return `${code} ${location?.source.name ?? ''}:${line} ${message}`;
  });
}
