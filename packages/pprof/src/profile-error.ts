/** What bytes are, when they are not a profile. */
export type ProfileErrorKind =
  | 'empty'
  | 'html'
  | 'json'
  | 'text'
  | 'gzip-damaged'
  | 'gzip-truncated'
  | 'too-large'
  | 'truncated'
  | 'not-pprof';

/** Why bytes could not be read as a profile: a kind for programs, a sentence for people. */
export interface ProfileError {
  readonly kind: ProfileErrorKind;
  readonly message: string;
}

/** How many bytes a profile may have once unpacked; a bound against a small body that unpacks to all memory. */
export const maxProfileBytes = 128 * 1024 * 1024;

const shown = 60;

/** The beginning of a body, fit for one line of a log: printable text as it is, anything else as hexadecimal. */
export function firstBytes(bytes: Uint8Array): string {
  const head = bytes.subarray(0, shown);
  if (!isText(head)) return Buffer.from(head.subarray(0, 16)).toString('hex');
  const text = Buffer.from(head).toString('utf8').replace(/\s+/g, ' ').trim();
  return JSON.stringify(bytes.length > shown ? `${text}…` : text);
}

/**
 * Recognises what is commonly sent where a profile was expected. Undefined for bytes that may be a profile;
 * pprof itself begins with a control character, which no text does.
 */
export function recogniseOther(bytes: Uint8Array): ProfileError | undefined {
  if (bytes.length === 0) return { kind: 'empty', message: 'the profile is empty (0 bytes)' };
  const head = bytes.subarray(0, 512);
  if (!isText(head)) return undefined;
  const text = Buffer.from(head).toString('utf8').trimStart();
  const found = textKinds.find(({ pattern }) => pattern.test(text));
  if (found === undefined) return undefined;
  return { kind: found.kind, message: `not a pprof profile but ${found.what}: ${firstBytes(bytes)}` };
}

const textKinds: readonly { kind: ProfileErrorKind; pattern: RegExp; what: string }[] = [
  { kind: 'html', pattern: /^<(!doctype|html|head|body|\?xml|!--)/i, what: 'an HTML page' },
  { kind: 'json', pattern: /^[[{]/, what: 'JSON' },
  { kind: 'text', pattern: /^[^\s]{4}/, what: 'plain text' },
];

/** No control characters except white space. A newline (0x0a) opens both texts and pprof, so it does not decide. */
function isText(head: Uint8Array): boolean {
  const first = head[0] ?? 0;
  if (first === 0x0a) return false;
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
