import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync, gzip, gzipSync } from 'node:zlib';
import { maxProfileBytes, type ProfileError } from './profile-error.ts';
import { Turnstile } from './turnstile.ts';

const gunzipOffLoop = promisify(gunzip);
const gzipOffLoop = promisify(gzip);

/**
 * Up to so many bytes the work is done at once (less than 1 ms): an asynchronous call costs more than it spares. What is
 * larger is worked on off the event loop. To unpack takes a quarter of the time for the same plain bytes.
 */
const atOnce = { packed: 128 * 1024, unpacked: 512 * 1024, gzipped: 256 * 1024 } as const;

/** A small body may unpack to all that is allowed: only few of those may be in memory at a time. */
const large = new Turnstile(2);

/** Whether bytes begin with the gzip magic number, as pprof tools decide it. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The plain bytes of a body that may be gzipped; never rejects. What unpacks to too much is given up on the way. */
export async function unpack(bytes: Uint8Array): Promise<{ plain: Uint8Array } | { error: ProfileError }> {
  if (!isGzip(bytes)) return { plain: bytes };
  try {
    return {
      plain:
        unpackAtOnce(bytes) ??
        taken(
          await large.pass(() =>
            gunzipOffLoop(bytes, { maxOutputLength: maxProfileBytes, chunkSize: likelySize(bytes) }),
          ),
        ),
    };
  } catch (error) {
    return { error: gzipError(error) };
  }
}

/**
 * A window of 8 KiB for large profiles: its tables stay in the processor's nearest memory, a sixth of the time, and they
 * come out at most 1 % longer. What fits twice into the largest window takes less time with that, up to a quarter.
 */
const windows = { smallBytes: 64 * 1024, small: 15, large: 13 } as const;

/** Packs bytes with the fastest level: profiles shrink little more with the slower ones. Does not change them later on. */
export async function pack(bytes: Uint8Array): Promise<Uint8Array> {
  const options = {
    level: constants.Z_BEST_SPEED,
    memLevel: constants.Z_MAX_MEMLEVEL,
    windowBits: bytes.length <= windows.smallBytes ? windows.small : windows.large,
    // Profiles shrink to less than half: one buffer takes all of it, and no pieces need to be joined.
    chunkSize: Math.max(leastPiece, 1024 + (bytes.length >>> 1)),
  };
  if (bytes.length <= atOnce.packed) return taken(gzipSync(bytes, options));
  // A copy, as the caller may write to its bytes while another thread reads them.
  return taken(await gzipOffLoop(new Uint8Array(bytes), options));
}

/** From this size on a buffer is one of its own, and not a part of one that Node shares out. */
const leastPiece = Buffer.poolSize >>> 1;

/**
 * What zlib gave, taken from it: its objects outlive every collection but that of the whole heap, and hold the buffer
 * that they wrote to. With those buffers the whole heap was marked every two seconds where 3,000 targets are scraped.
 */
function taken(given: Uint8Array<ArrayBuffer>): Uint8Array {
  const { buffer, byteOffset, length } = given;
  const own = byteOffset === 0 && buffer.byteLength >= leastPiece && buffer.byteLength !== Buffer.poolSize;
  // A copy is as good, but for the memory.
  if (!own || !('transfer' in buffer)) return given.slice();
  const full = length > buffer.byteLength * 0.75;
  return full ? new Uint8Array(buffer.transfer(), 0, length) : new Uint8Array(buffer.transfer(length));
}

/** Undefined for what is large, or unpacks to more than it promises. */
function unpackAtOnce(bytes: Uint8Array): Uint8Array | undefined {
  const size = promisedSize(bytes);
  if (bytes.length > atOnce.gzipped || size > atOnce.unpacked) return undefined;
  try {
    // One buffer with a little to spare, so that zlib sees the end of the data in its first call. Who lies about the
    // size may unpack to all that is allowed, but not in a thousand pieces.
    const chunkSize = Math.max(size + 64, bytes.length, leastPiece);
    return taken(gunzipSync(bytes, { maxOutputLength: atOnce.unpacked, chunkSize }));
  } catch (error) {
    if (codeOf(error) === tooLarge) return undefined;
    throw error;
  }
}

/** The last four bytes of gzip are the plain size modulo 2^32 (RFC 1952, ISIZE); whoever sends it may be lying. */
function promisedSize(bytes: Uint8Array): number {
  if (bytes.length < 4) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(bytes.length - 4, true);
}

/** What profiles shrink to at most; more is promised by liars, or by what is no profile. */
const usualRatio = 16;

/** A liar's body comes in pieces of this size at least: each piece costs as much as a small profile. */
const liarsPiece = 64 * 1024;

/** Room for the whole of an honest profile, so that no pieces need to be joined. */
function likelySize(bytes: Uint8Array): number {
  return Math.max(liarsPiece, Math.min(promisedSize(bytes), bytes.length * usualRatio) + 64);
}

const tooLarge = 'ERR_BUFFER_TOO_LARGE';

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function gzipError(error: unknown): ProfileError {
  const code = codeOf(error);
  if (code === 'Z_BUF_ERROR')
    return { kind: 'gzip-truncated', message: 'the gzip data is cut off: the profile did not arrive whole' };
  if (code === tooLarge)
    return { kind: 'too-large', message: `the profile unpacks to more than ${maxProfileBytes} bytes` };
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'gzip-damaged', message: `the gzip data is damaged (${reason})` };
}
