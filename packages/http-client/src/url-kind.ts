import { EvaluationError, type TextKind } from '@pewter/language';

/** A URL as users write it; an empty text is none. Kept as text, so that its query goes out untouched. */
export const urlKind: TextKind<string> = {
  name: 'config.URL',
  parse(text) {
    if (text === '' || URL.canParse(text)) return text;
    throw new EvaluationError('E0315', 'this is no valid URL', {
      hint: 'write it with its scheme, as in `http://host:8080/path`',
    });
  },
};
