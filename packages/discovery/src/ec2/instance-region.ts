import type { HttpClient } from '@pewter/http-client';
import type { Environment } from '@pewter/runtime';

const defaultEndpoint = 'http://169.254.169.254';
const timeoutMs = 5_000;

/**
 * The region of the instance that this program runs on, as its metadata service says (IMDSv2: a token first). Rejects
 * with an Error that says to give the region.
 */
export async function instanceRegion(
  client: HttpClient,
  environment: Environment,
  signal: AbortSignal,
): Promise<string> {
  const endpoint = environment.get('AWS_EC2_METADATA_SERVICE_ENDPOINT') || defaultEndpoint;
  const base = `${endpoint.replace(/\/+$/, '')}/latest`;
  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>>) => {
    const request = { method, url: `${base}/${path}`, headers, signal, timeouts: { total: timeoutMs } };
    const { status, body } = await client.request(request);
    if (status !== 200) throw new Error(`the metadata service answered with status ${status}`);
    return Buffer.from(body).toString('utf8').trim();
  };
  try {
    if (environment.get('AWS_EC2_METADATA_DISABLED')?.toLowerCase() === 'true') {
      throw new Error('AWS_EC2_METADATA_DISABLED is true');
    }
    const token = await ask('PUT', 'api/token', { 'x-aws-ec2-metadata-token-ttl-seconds': '60' });
    return await ask('GET', 'meta-data/placement/region', { 'x-aws-ec2-metadata-token': token });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`no \`region\` is given, and the instance metadata does not tell it (${why})`, { cause });
  }
}
