import { gunzipSync } from 'node:zlib';
import { readProfile, summarise } from '@pewter/pprof';
import { parseAppName } from '@pewter/pyroscope/protocol';
import { profileKind } from './profile-kind.ts';
import { readFolded } from './read-folded.ts';
import type { ReceivedProfile } from './received-profile.ts';

/** Why a request is refused. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** The formats that are read; others that a Pyroscope knows are not. */
const pprofFormats = new Set(['', 'pprof']);
const foldedFormats = new Set(['folded', 'collapsed', 'groups']);

/**
 * The profile of an `/ingest` request as SDKs send it: labels in `name`, a body that is the profile itself or a form
 * whose part `profile` is. pprof, and stacks as lines of text (`main;work 12`), which become a pprof.
 */
export async function readIngest(
  query: URLSearchParams,
  type: string,
  body: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<ReceivedProfile | Refusal> {
  const name = query.get('name') ?? '';
  if (name === '') return { status: 400, reason: 'the query has no name: give ?name=app' };
  const parsed = parseAppName(name);
  if ('problem' in parsed) return { status: 400, reason: `name: ${parsed.problem}` };
  const given = Object.fromEntries(parsed.labels.map((label) => [label.name, label.value]));
  const { __name__: application = '' } = given;
  const labels = { service_name: application, ...given };
  const bytes = await profilePart(type, body);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const format = query.get('format') ?? '';
  const asPprof = foldedFormats.has(format) ? readFolded(unpacked(bytes, most), query) : bytes;
  if (!pprofFormats.has(format) && !foldedFormats.has(format))
    return { status: 415, reason: `format ${JSON.stringify(format)} is not read here: pprof and folded are` };
  const result = await readProfile(asPprof);
  if ('error' in result) return { status: 400, reason: result.error.message };
  const kind = profileKind(summarise(result.profile).sampleTypes) ?? application;
  return { labels: { ...labels, __name__: kind }, id: '', bytes: asPprof, profile: result.profile };
}

/** The library of Node for forms reads the body of a response. */
async function profilePart(type: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array | Refusal> {
  if (!/^multipart\/form-data\b/i.test(type)) return body;
  try {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const part = form.get('profile');
    if (part instanceof Blob) return new Uint8Array(await part.arrayBuffer());
    return { status: 400, reason: 'the form has no part `profile`' };
  } catch {
    return { status: 400, reason: 'the body is no form, as its content type says' };
  }
}

function unpacked(bytes: Uint8Array, most: number): Uint8Array {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: most }) : bytes;
}
