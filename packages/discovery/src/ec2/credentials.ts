import type { Environment } from '@pewter/runtime';
import type { Ec2Arguments } from './arguments.ts';
import type { awsRequestHandler } from './request-handler.ts';
import type { AwsClients } from './vendor.ts';

/** What credentials are asked for with. */
export interface CredentialWays {
  readonly environment: Environment;
  readonly region: string;
  readonly requestHandler: ReturnType<typeof awsRequestHandler>;
}

/**
 * The keys of the arguments; else those of the environment, unless a profile is named; else the vendor's chain (files,
 * web identity, container, instance), which reads the process' own environment and files. A role is assumed with them.
 */
export function awsCredentials(aws: AwsClients, args: Ec2Arguments, ways: CredentialWays) {
  const base = baseCredentials(aws, args, ways);
  if (args.role_arn === '') return base;
  const { environment, region, requestHandler } = ways;
  const endpoint = environment.get('AWS_ENDPOINT_URL_STS') ?? environment.get('AWS_ENDPOINT_URL');
  return aws.credentials.fromTemporaryCredentials({
    masterCredentials: base,
    params: { RoleArn: args.role_arn },
    clientConfig: { region, requestHandler, ...(endpoint !== undefined && { endpoint }) },
  });
}

function baseCredentials(
  { credentials }: AwsClients,
  { access_key, secret_key, profile }: Ec2Arguments,
  { environment, region, requestHandler }: CredentialWays,
) {
  const secret = secret_key?.reveal() ?? '';
  if (access_key !== '' && secret !== '') return { accessKeyId: access_key, secretAccessKey: secret };
  const accessKeyId = environment.get('AWS_ACCESS_KEY_ID') ?? '';
  const secretAccessKey = environment.get('AWS_SECRET_ACCESS_KEY') ?? '';
  if (profile === '' && accessKeyId !== '' && secretAccessKey !== '') {
    const sessionToken = environment.get('AWS_SESSION_TOKEN');
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }
  return credentials.fromNodeProviderChain({
    ...(profile !== '' && { profile }),
    clientConfig: { region, requestHandler },
  });
}
