import { type Label, labelsText } from './labels.ts';

/** Characters of what others sent that a line of the log has at most. */
const most = 256;

/** A text of others as a line of the log may have it. */
export function shortened(text: string): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** The series of a profile as a line of the log names it. */
export function seriesInLog(labels: readonly Label[]): string {
  return shortened(labelsText(labels));
}
