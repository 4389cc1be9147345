import { isSecretName, withoutPasswords } from '@pewter/syntax';
import { type Label, labelsText } from './labels.ts';

/** Characters of what others sent that a line of the log has at most. */
const most = 256;

/** A text of others as a line of the log may have it. */
export function shortened(text: string): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** The labels of a target as anybody may see them: with nothing in them that is a credential by its name or in a URL. */
export function withoutSecrets(labels: readonly Label[]): readonly Label[] {
  return labels.map(({ name, value }) => ({
    name,
    value: isSecretName(name) ? '(secret)' : withoutPasswords(value),
  }));
}

/** The series of a profile as a line of the log names it. */
export function seriesInLog(labels: readonly Label[]): string {
  return shortened(labelsText(labels));
}
