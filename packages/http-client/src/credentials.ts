import type { Secret } from '@pewter/language';
import type { Files } from '@pewter/runtime';
import { HttpClientError } from './http-client-error.ts';
import type { HttpClientArguments } from './http-client-schema.ts';

/**
 * The value of the Authorization header, undefined for none. Files are read for every request, so that a changed one
 * counts at once. Where several ways are given, the order is the reference's: basic, bearer, authorization.
 */
export async function authorizationHeader(
  args: HttpClientArguments,
  files: Files,
): Promise<string | undefined> {
  const { basic_auth: basic, authorization } = args;
  if (basic !== undefined) {
    return basicHeader(basic.username, await secretText(basic.password, basic.password_file, files));
  }
  if (hasBearerToken(args) || args.bearer_token_file !== '')
    return `Bearer ${await secretText(args.bearer_token, args.bearer_token_file, files)}`;
  if (authorization === undefined) return undefined;
  const text = await secretText(authorization.credentials, authorization.credentials_file, files);
  return `${authorization.type.trim() || 'Bearer'} ${text}`;
}

/** Whether {@link authorizationHeader} gives one; so no request without need waits for it. */
export function givesAuthorization(args: HttpClientArguments): boolean {
  const { basic_auth: basic, authorization, bearer_token_file: file } = args;
  return basic !== undefined || authorization !== undefined || file !== '' || hasBearerToken(args);
}

function hasBearerToken({ bearer_token: token }: HttpClientArguments): boolean {
  return (token?.reveal() ?? '') !== '';
}

/** The Authorization header that user and password of a URL make; undefined where it has none. */
export function urlCredentials(text: string): string | undefined {
  const { username = '', password = '' } = (text.includes('@') && URL.parse(text)) || {};
  if (username === '' && password === '') return undefined;
  return basicHeader(decodeURIComponent(username), decodeURIComponent(password));
}

/** Basic credentials in UTF-8. */
export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** The text of a file; its absence is an error that names it. */
export async function readText(path: string, files: Files): Promise<string> {
  try {
    return Buffer.from(await files.read(path)).toString('utf8');
  } catch (cause) {
    throw new HttpClientError('file', `can not read \`${path}\`: ${(cause as Error).message}`, { cause });
  }
}

/** A secret given directly, or else as a file, whose surrounding white space does not count. */
export async function secretText(secret: Secret | undefined, path: string, files: Files): Promise<string> {
  const text = secret?.reveal() ?? '';
  return text !== '' || path === '' ? text : (await readText(path, files)).trim();
}
