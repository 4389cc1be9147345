import {
  body,
  bool,
  duration,
  EvaluationError,
  required,
  string,
  type TextKind,
  text,
  textFromBytes,
  withDefault,
} from '@pewter/language';
import { defineComponent, type Outside } from '@pewter/runtime';
import { Gauge } from 'prom-client';
import { type ContentSource, contentComponent, contentExports } from './content-loop.ts';
import { positive } from './positive.ts';

const detectors = ['fsnotify', 'poll'] as const;

const detectorKind: TextKind<(typeof detectors)[number]> = {
  name: 'filedetector.Detector',
  parse(given) {
    const detector = detectors.find((name) => name === given);
    if (detector !== undefined) return detector;
    throw new EvaluationError('E0315', `\`${given}\` is no detector`, { hint: 'one of fsnotify, poll' });
  },
};

const fileArguments = body(
  {
    filename: required(string),
    detector: withDefault(text(detectorKind), 'fsnotify'),
    poll_frequency: withDefault(duration, '1m'),
    is_secret: withDefault(bool, false),
  },
  [positive('poll_frequency')],
);

/** `local.file`: the content of a file, read again when it changes. A file that can not be read at the start refuses the config. */
export const localFile = defineComponent({
  name: 'local.file',
  stability: 'generally-available',
  arguments: fileArguments,
  exports: contentExports,
  build(context, args) {
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
  },
});

function readNow({ files }: Outside, path: string): Uint8Array {
  try {
    return files.readNow(path);
  } catch (cause) {
    throw new Error(`failed to read file: ${(cause as Error).message}`, { cause });
  }
}
