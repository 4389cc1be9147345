import type { LogControl, Pipeline } from '@pewter/runtime';

type Left = 'profiles_on_disk' | 'profiles_lost';

/** Stops a pipeline; the last line of its log says what was not sent: what waits on disk for the next start, and what is lost. */
export async function stopAndTell(
  pipeline: Pick<Pipeline, 'stop' | 'components' | 'details'>,
  logger: Pick<LogControl['logger'], 'info' | 'warn'>,
): Promise<void> {
  const late = await pipeline.stop();
  const left = {
    profiles_on_disk: sum(pipeline, 'profiles_on_disk'),
    profiles_lost: sum(pipeline, 'profiles_lost'),
  };
  const fields = { ...left, ...(late.length > 0 && { not_ended: late.join(', ') }) };
  if (left.profiles_lost > 0 || late.length > 0) logger.warn(fields, 'stopped');
  else logger.info(fields, 'stopped');
}

function sum(pipeline: Pick<Pipeline, 'components' | 'details'>, what: Left): number {
  const counts = pipeline.components().map(({ moduleId, localId }) => {
    const id = moduleId === '' ? localId : `${moduleId}/${localId}`;
    return pipeline.details(id)?.debugInfo?.[what];
  });
  return counts.reduce<number>((total, count) => total + (typeof count === 'number' ? count : 0), 0);
}
