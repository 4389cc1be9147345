import {
  body,
  duration,
  EvaluationError,
  type Rule,
  required,
  string,
  type TextKind,
  text,
  withDefault,
} from '@pewter/language';
import { defineImport } from './import-definition.ts';
import { pollEvery } from './poll-every.ts';
import { readModuleFiles } from './read-module-files.ts';
import { UnreadFile } from './unread-file.ts';

const detector: TextKind<string> = {
  name: 'import.file.Detector',
  zero: 'fsnotify',
  parse(given) {
    if (given === '') return 'fsnotify';
    if (given === 'fsnotify' || given === 'poll') return given;
    throw new EvaluationError('E0315', `unknown detector "${given}"`, { hint: 'use "fsnotify" or "poll"' });
  },
};

/** The reference crashes on any other. */
const pollRule: Rule = {
  reads: ['poll_frequency'],
  check: ({ poll_frequency: every }) =>
    typeof every === 'number' && every <= 0
      ? { message: '`poll_frequency` must be greater than zero', field: 'poll_frequency' }
      : undefined,
};

/** `import.file`: a module in a file, or in all `.alloy` files of a folder, read again when they change. */
export const importFile = defineImport({
  name: 'import.file',
  stability: 'generally-available',
  reach: 'files',
  arguments: body(
    {
      filename: required(string),
      detector: withDefault(text(detector), 'fsnotify'),
      poll_frequency: withDefault(duration, '1m'),
    },
    [pollRule],
  ),
  async read({ files }, { filename }) {
    try {
      return await readModuleFiles(files, filename);
    } catch (error) {
      throw new UnreadFile(filename, error);
    }
  },
  watch(outside, { filename, detector: by, poll_frequency: frequency }, changed) {
    const polling = pollEvery(outside.clock, frequency, changed);
    if (by !== 'fsnotify') return polling;
    const watches = [outside.files.watch(filename, changed), outside.files.watchFolder(filename, changed)];
    return () => {
      for (const cancel of [polling, ...watches]) cancel();
    };
  },
});
