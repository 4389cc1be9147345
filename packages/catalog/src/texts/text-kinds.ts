import { byteSize, checkGoUrl, didYouMean, EvaluationError, type TextKind } from '@pewter/language';
import { type Words, wordKinds } from './words.ts';

/**
 * The text syntaxes of the catalogue that need nothing else, by their name there: what the reference accepts, they
 * accept. `relabel.Regexp` and `relabel.Action` belong to whoever has relabel rules.
 */
export const textKinds: Readonly<Record<string, TextKind<unknown>>> = {
  ...Object.fromEntries(Object.entries(wordKinds).map(([name, words]) => [name, wordKind(name, words)])),
  'config.URL': { name: 'config.URL', parse: checkGoUrl },
  'units.Base2Bytes': { name: 'units.Base2Bytes', parse: byteSize, zero: 0 },
  'stages.Source': { name: 'stages.Source', parse: notEmpty, zero: '' },
  'stages.Template': { name: 'stages.Template', parse: checkTemplate },
};

function wordKind(name: string, { words, anyCase, orEmpty, nullIsText }: Words): TextKind<string> {
  return {
    name,
    // The reference reads no text then: what checks words lets null pass, but for a few.
    ...(nullIsText ? {} : { zero: '' }),
    parse(text) {
      const given = anyCase ? text.toLowerCase() : text;
      if (words.includes(given) || (orEmpty && text === '')) return given;
      const sameLetters = words.find((word) => word.toLowerCase() === text.toLowerCase());
      const likely = sameLetters ?? (words.length > 6 ? didYouMean(text, words) : undefined);
      const hint = likely === undefined ? `one of ${words.join(', ')}` : `did you mean \`${likely}\`?`;
      throw new EvaluationError('E0315', `\`${text}\` is not one of its values`, { hint });
    },
  };
}

function notEmpty(text: string): string {
  if (text !== '') return text;
  throw new EvaluationError('E0315', 'it may not be empty', { hint: 'leave it out, or name a source' });
}

/** Only what is certain without reading the actions of a Go template: one that is never closed. */
function checkTemplate(text: string): string {
  const open = text.lastIndexOf('{{');
  if (open < 0 || text.includes('}}', open)) return text;
  throw new EvaluationError('E0315', 'the template has an action that is not closed', {
    hint: 'close it with `}}`',
  });
}
