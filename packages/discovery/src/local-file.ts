import {
  body,
  bool,
  duration,
  EvaluationError,
  type Infer,
  required,
  string,
  type TextKind,
  text,
  withDefault,
} from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { contentExports } from './content-loop.ts';
import { positive } from './positive.ts';

const detectors = ['fsnotify', 'poll'] as const;

const detectorKind: TextKind<(typeof detectors)[number]> = {
  name: 'filedetector.Detector',
  zero: 'fsnotify',
  parse(given) {
    if (given === '') return 'fsnotify';
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
  [
    positive('poll_frequency'),
    {
      reads: ['filename'],
      check: ({ filename }) =>
        filename === '' ? { message: '`filename` may not be empty', field: 'filename' } : undefined,
    },
  ],
);

/** The decoded arguments of `local.file`. */
export type FileArguments = Infer<typeof fileArguments>;

/** `local.file`: the content of a file, read again when it changes. A file that can not be read at the start refuses the config. */
export const localFile = defineComponent({
  name: 'local.file',
  stability: 'generally-available',
  arguments: fileArguments,
  exports: contentExports,
  implementation: () => import('./local-file-component.ts'),
});
