import { EvaluationError } from '@pewter/language';

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
