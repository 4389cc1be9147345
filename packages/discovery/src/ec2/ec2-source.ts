import type { EC2Client, Reservation } from '@aws-sdk/client-ec2';
import { createHttpClient, type HttpClient, userAgent } from '@pewter/http-client';
import type { ComponentContext } from '@pewter/runtime';
import type { TargetSource } from '../refresh-loop.ts';
import type { TargetExports } from '../target-exports.ts';
import type { Ec2Arguments } from './arguments.ts';
import { awsCredentials } from './credentials.ts';
import { instanceRegion } from './instance-region.ts';
import { instanceTargets } from './instance-targets.ts';
import { awsRequestHandler } from './request-handler.ts';
import { type AwsClients, loadAwsClients } from './vendor.ts';

/** Codes after which the client is made anew, since its credentials may be what is wrong. */
const credentialFaults: ReadonlySet<string> = new Set(['AuthFailure', 'UnauthorizedOperation']);

const defaultTimeoutMs = 60_000;

interface Session {
  readonly aws: AwsClients;
  readonly client: EC2Client;
  readonly region: string;
}

/** The instances of a region, asked for with the vendor's client over our own HTTP client. */
export function ec2Source(context: ComponentContext<TargetExports>, args: Ec2Arguments): TargetSource {
  let http: HttpClient | undefined;
  let session: Session | undefined;
  let zones: ReadonlyMap<string, string> | undefined;
  return {
    interval: args.refresh_interval,
    async refresh(signal) {
      // Only now, as in the reference: what is wrong with its files is health, and no reason to refuse a config.
      http ??= createHttpClient(context, args, { userAgent });
      session ??= await open(context, args, http, signal);
      zones ??= await zoneIds(session, signal).catch((error: Error) => {
        context.logger.debug({ err: error.message }, 'the ids of the availability zones are not known');
        return undefined;
      });
      try {
        const reservations = await describeInstances(session, args, signal);
        const { region } = session;
        return {
          targets: instanceTargets(reservations, { region, port: args.port, zones: zones ?? new Map() }),
        };
      } catch (error) {
        if (error instanceof Error && credentialFaults.has(error.name)) session = undefined;
        throw named(error);
      }
    },
    async close() {
      await http?.close();
    },
  };
}

async function open(
  context: ComponentContext<TargetExports>,
  args: Ec2Arguments,
  http: HttpClient,
  signal: AbortSignal,
): Promise<Session> {
  const aws = await loadAwsClients();
  const region = args.region || (await instanceRegion(http, context.environment, signal));
  const { refresh_interval: interval } = args;
  // One below zero never comes due: the targets are looked for once, with time.
  const requestHandler = awsRequestHandler(http, interval > 0 ? interval : defaultTimeoutMs);
  const credentials = awsCredentials(aws, args, {
    environment: context.environment,
    region,
    requestHandler,
  });
  const client = new aws.ec2.EC2Client({
    region,
    credentials,
    requestHandler,
    ...(args.endpoint !== '' && { endpoint: args.endpoint }),
  });
  return { aws, client, region };
}

async function zoneIds({ aws, client }: Session, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const command = new aws.ec2.DescribeAvailabilityZonesCommand({});
  const { AvailabilityZones = [] } = await client.send(command, { abortSignal: signal });
  return new Map(AvailabilityZones.map(({ ZoneName = '', ZoneId = '' }) => [ZoneName, ZoneId]));
}

/** All pages; a page that fails fails all of it. */
async function describeInstances(
  { aws, client }: Session,
  { filter }: Ec2Arguments,
  signal: AbortSignal,
): Promise<readonly Reservation[]> {
  const wanted = filter.map(({ name, values }) => ({ Name: name, Values: [...values] }));
  const found: Reservation[] = [];
  let next: string | undefined;
  do {
    const command = new aws.ec2.DescribeInstancesCommand({
      ...(wanted.length > 0 && { Filters: wanted }),
      ...(next !== undefined && { NextToken: next }),
    });
    const page = await client.send(command, { abortSignal: signal });
    found.push(...(page.Reservations ?? []));
    next = page.NextToken || undefined;
  } while (next !== undefined);
  return found;
}

/** The vendor's errors carry their code as their name, and some nothing else that helps. */
function named(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'Error' || error.message.includes(error.name)) return error;
  return new Error(`${error.name}: ${error.message}`, { cause: error });
}
