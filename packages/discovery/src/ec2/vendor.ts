/** The vendor's client and its ways to credentials. */
export interface AwsClients {
  readonly ec2: typeof import('@aws-sdk/client-ec2');
  readonly credentials: typeof import('@aws-sdk/credential-providers');
}

const packages = ['@aws-sdk/client-ec2', '@aws-sdk/credential-providers'];

/**
 * Loads the vendor's client, which is large and which a plain install does not bring. Rejects with an Error that says
 * what to install where it is not there.
 */
export async function loadAwsClients(): Promise<AwsClients> {
  try {
    const [ec2, credentials] = await Promise.all([
      import('@aws-sdk/client-ec2'),
      import('@aws-sdk/credential-providers'),
    ]);
    return { ec2, credentials };
  } catch (cause) {
    throw missingOr(cause);
  }
}

/** What a failed import means: a package that is not installed, or whatever else went wrong. */
export function missingOr(cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code !== 'ERR_MODULE_NOT_FOUND') return cause;
  const names = packages.join(' ');
  return new Error(`the AWS client is not installed: run \`npm install ${names}\` beside pewter`, { cause });
}
