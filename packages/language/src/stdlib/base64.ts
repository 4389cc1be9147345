import { EvaluationError } from '../error.ts';
import { bytesFromText } from '../text.ts';

/** Which of the two alphabets of base64. */
export type Alphabet = 'base64' | 'base64url';

const shape: Readonly<Record<Alphabet, RegExp>> = {
  base64: /^[A-Za-z0-9+/]*={0,2}$/,
  base64url: /^[A-Za-z0-9\-_]*={0,2}$/,
};

/** A text in base64, with padding. */
export function toBase64(text: string, alphabet: Alphabet): string {
  return bytesFromText(text).toBase64({ alphabet });
}

/** The bytes of a text in base64; padding is required and line breaks do not count, as in Go. Throws {@link EvaluationError}. */
export function fromBase64(text: string, alphabet: Alphabet): Uint8Array {
  const compact = text.replaceAll(/[\r\n]/g, '');
  if (!shape[alphabet].test(compact)) {
    throw new EvaluationError(
      'E0310',
      `the text is no ${alphabet}: it holds a character outside of the alphabet`,
      {
        hint: otherAlphabetHint(compact, alphabet),
      },
    );
  }
  if (compact.length % 4 !== 0) {
    throw new EvaluationError('E0310', `the text is no ${alphabet}: its length is no multiple of four`, {
      hint: 'pad it with `=`',
    });
  }
  return Uint8Array.fromBase64(compact, { alphabet, lastChunkHandling: 'loose' });
}

function otherAlphabetHint(text: string, alphabet: Alphabet): string {
  const other = alphabet === 'base64' ? 'base64url' : 'base64';
  if (!shape[other].test(text)) return 'look for blanks and other stray characters';
  return `decode it with \`encoding.from_${other === 'base64' ? '' : 'URL'}base64\``;
}
