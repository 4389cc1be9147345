import { textFromBytes } from '@pewter/language';
import type { Component, ComponentContext, Outside } from '@pewter/runtime';
import { Gauge } from 'prom-client';
import { type ContentExports, type ContentSource, contentComponent } from './content-loop.ts';
import type { FileArguments } from './local-file.ts';

/** Builds `local.file`; see its definition. */
export function build(
  context: ComponentContext<ContentExports>,
  args: FileArguments,
): Component<FileArguments> {
  const accessed = new Gauge({
    name: 'local_file_timestamp_last_accessed_unix_seconds',
    help: 'The last successful access in unix seconds',
    registers: [context.metrics],
  });
  const touch = (bytes: Uint8Array) => {
    accessed.set(context.clock.now() / 1000);
    return textFromBytes(bytes);
  };
  return contentComponent(context, args, (current): ContentSource => {
    const { filename, detector, poll_frequency: interval, is_secret: secret } = current;
    const { files } = context;
    return {
      interval,
      secret,
      words: { done: 'read file', failed: 'failed to read file' },
      initial: touch(readNow(context, filename)),
      read: async () => touch(await files.read(filename)),
      ...(detector === 'fsnotify' && { watch: (changed) => files.watch(filename, changed) }),
      close: () => Promise.resolve(),
    };
  });
}

function readNow({ files }: Outside, path: string): Uint8Array {
  try {
    return files.readNow(path);
  } catch (cause) {
    throw new Error(`failed to read file: ${(cause as Error).message}`, { cause });
  }
}
