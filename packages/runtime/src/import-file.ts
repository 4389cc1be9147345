import {
  body,
  duration,
  EvaluationError,
  required,
  string,
  type TextKind,
  text,
  withDefault,
} from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { defineImport } from './import-definition.ts';
import type { Cancel, Outside } from './outside.ts';

const detector: TextKind<string> = {
  name: 'import.file.Detector',
  parse(given) {
    if (given === 'fsnotify' || given === 'poll') return given;
    throw new EvaluationError('E0315', `unknown detector "${given}"`, { hint: 'use "fsnotify" or "poll"' });
  },
};

/** `import.file`: a module in a file, or in all `.alloy` files of a folder, read again when they change. */
export const importFile = defineImport({
  name: 'import.file',
  stability: 'generally-available',
  arguments: body({
    filename: required(string),
    detector: withDefault(text(detector), 'fsnotify'),
    poll_frequency: withDefault(duration, '1m'),
  }),
  read: async ({ files }, { filename }) => {
    const names = await files.list(filename);
    const paths =
      names === undefined
        ? [filename]
        : names.filter((name) => name.endsWith('.alloy')).map((name) => `${filename}/${name}`);
    return Promise.all(
      paths.toSorted().map(async (path) => new SourceFile(path, decode(await files.read(path)))),
    );
  },
  watch(outside, { filename, detector: by, poll_frequency: frequency }, changed) {
    const polling = poll(outside, frequency, changed);
    const watching = by === 'fsnotify' ? outside.files.watch(filename, changed) : undefined;
    return () => {
      polling();
      watching?.();
    };
  },
  folder: ({ filename }) => filename.replace(/\/[^/]*$/, '') || '.',
});

function poll({ clock }: Outside, frequency: number, changed: () => void): Cancel {
  if (frequency <= 0) return () => {};
  let cancel = clock.setTimeout(step, frequency);
  function step() {
    cancel = clock.setTimeout(step, frequency);
    changed();
  }
  return () => cancel();
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
