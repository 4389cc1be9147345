import { body, optionalSecret, required } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { defineImport } from './import-definition.ts';

/** `import.string`: a module whose text is a value of the config. */
export const importString = defineImport({
  name: 'import.string',
  stability: 'generally-available',
  reach: 'arguments',
  arguments: body({ content: required(optionalSecret) }),
  known: ({ content }, id) => [new SourceFile(id, content.reveal())],
  read: async (_outside, { content }) => ({ texts: [new SourceFile('import.string', content.reveal())] }),
  watch: () => () => {},
});
