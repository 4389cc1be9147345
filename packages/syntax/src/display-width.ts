import { eastAsianWidth } from 'get-east-asian-width';

/** Characters that a terminal does not give a column of their own: marks on others, and invisible ones. */
const WITHOUT_WIDTH = /^[\p{M}\p{Cf}]/u;
const ASCII = /^[\x20-\x7E]*$/;

/**
 * How many columns of a terminal a text without control characters takes: two for what Unicode calls wide (UAX #11),
 * and for emoji, also those of several code points.
 */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) width += clusterWidth(segment);
  return width;
}

function clusterWidth(cluster: string): number {
  if (WITHOUT_WIDTH.test(cluster)) return 0;
  if (cluster.includes('\uFE0F')) return 2;
  return eastAsianWidth(cluster.codePointAt(0) ?? 0);
}
