import { promisify } from 'node:util';
import { constants, gunzip as gunzipCallback, gzip as gzipCallback } from 'node:zlib';
import { maxProfileBytes, type ProfileError } from './profile-error.ts';

const gunzip = promisify(gunzipCallback);
const gzip = promisify(gzipCallback);

/** Whether bytes begin with the gzip magic number, as pprof tools decide it. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The plain bytes of a body that may be gzipped. Works off the event loop; never rejects. */
export async function unpack(bytes: Uint8Array): Promise<{ plain: Uint8Array } | { error: ProfileError }> {
  if (!isGzip(bytes)) return { plain: bytes };
  try {
    return { plain: await gunzip(bytes, { maxOutputLength: maxProfileBytes }) };
  } catch (error) {
    return { error: gzipError(error) };
  }
}

/** Packs bytes with the fastest level, off the event loop: profiles shrink little more with the slower ones. */
export function pack(bytes: Uint8Array): Promise<Uint8Array> {
  return gzip(bytes, { level: constants.Z_BEST_SPEED });
}

function gzipError(error: unknown): ProfileError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR')
    return { kind: 'gzip-truncated', message: 'the gzip data is cut off: the profile did not arrive whole' };
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return { kind: 'too-large', message: `the profile unpacks to more than ${maxProfileBytes} bytes` };
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'gzip-damaged', message: `the gzip data is damaged (${reason})` };
}
