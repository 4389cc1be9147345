import { isSecretName, urlCredentials } from '@pewter/syntax';

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

/** The password of a URL, or a parameter of it that is a credential by its name, that is written out in it. */
export function urlSecret(text: string): string | undefined {
  if (!/^[a-z][\w+.-]*:\/\//i.test(text)) return undefined;
  return urlCredentials(text)
    .flatMap(({ password }) => (password === undefined ? [] : [text.slice(password.start, password.end)]))
    .find((secret) => !isPlaceholder(secret));
}

function isPlaceholder(text: string): boolean {
  return text === '' || placeholder.test(text) || variableName.test(text);
}
