import { isSecretName } from '@pewter/syntax';

const placeholder = /^(<.*>|\$\{?\w+\}?|\{\{.*\}\}|%\w+%|(your|my)[-_ ].*|.*placeholder.*|x+|\*+|\.{3})$/i;
/** As in `SPLUNK_TOKEN`. */
const variableName = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/** What is a connection string holds a secret only with a password in it; what is a placeholder holds none. */
export function isSecretText(text: string): boolean {
  if (isPlaceholder(text)) return false;
  if (!/[@/=]/.test(text) || !/[:;]/.test(text)) return true;
  return /:[^:@/\s<$%]+@/.test(text) || /\bpassword=[^\s;&<$%]/i.test(text);
}

/** Whether the value of a header is a credential: `Authorization`, `X-Api-Key`. */
export function isSecretValueOf(header: string, value: string): boolean {
  return isSecretName(header) && !isPlaceholder(value.replace(/^(basic|bearer|token)\s+/i, ''));
}

/** The password of a URL that is written out in it. */
export function urlPassword(text: string): string | undefined {
  const [, password = ''] = /^[a-z][\w+.-]*:\/\/[^\s/?#:@]*:([^\s/?#]*)@/i.exec(text) ?? [];
  return isPlaceholder(password) ? undefined : password;
}

function isPlaceholder(text: string): boolean {
  return text === '' || placeholder.test(text) || variableName.test(text);
}
