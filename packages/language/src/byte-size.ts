import { EvaluationError } from './error.ts';

const steps = 'KMGTPE';

/**
 * The number of bytes that a text such as `5MiB` or `1.5KB` means, both by 1024, as in the reference
 * (`units.Base2Bytes`). Throws {@link EvaluationError}.
 */
export function byteSize(text: string): number {
  const [, sign = '', rest = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0;
  const bytes = bytesOf(rest, 'iB') ?? bytesOf(rest, 'B');
  if (bytes !== undefined) return sign === '-' ? -bytes : bytes;
  const plain = /^\d+(\.\d*)?$/.test(rest);
  throw new EvaluationError('E0315', `\`${text}\` is no size in bytes`, {
    hint: plain
      ? `write it with a unit: \`"${text}B"\``
      : 'write it with a unit of B, KiB, MiB, GiB or TiB, as in `"5MiB"`',
  });
}

/** A number of bytes in the largest unit that holds it in whole numbers: `256MiB`. */
export function byteSizeText(bytes: number): string {
  let [amount, step] = [bytes, 0];
  while (amount !== 0 && amount % 1024 === 0 && step < steps.length)
    [amount, step] = [amount / 1024, step + 1];
  return step === 0 ? `${amount}B` : `${amount}${steps[step - 1]}iB`;
}

/** Units are written in one style throughout a text. */
function bytesOf(text: string, style: 'iB' | 'B'): number | undefined {
  const amount = new RegExp(`(\\d+\\.?\\d*|\\.\\d+)(?:([${steps}])${style}|B)`, 'y');
  let sum = 0;
  while (amount.lastIndex < text.length) {
    const match = amount.exec(text);
    if (match === null) return undefined;
    sum += Number(match[1]) * 1024 ** (match[2] === undefined ? 0 : steps.indexOf(match[2]) + 1);
  }
  return text === '' ? undefined : sum;
}
