import { defaultHttpClientArguments, type HttpClientArguments } from '@pewter/http-client';
import type { Outside } from '@pewter/runtime';
import { hostPort } from '../label-name.ts';
import type { ExecPlugin } from './exec-credentials.ts';
import { kubeconfigAccess } from './kubeconfig.ts';
import { emptyTls } from './tls.ts';

/** Where the API server is and how to speak to it. */
export interface ApiAccess {
  /** Without a slash at its end. */
  readonly url: string;
  readonly http: HttpClientArguments;
  /** The namespace that this program runs in, known only inside of a cluster. */
  readonly ownNamespace?: string;
  /** The program that gives the credentials, where a kubeconfig names one. */
  readonly plugin?: ExecPlugin;
}

/** The arguments that lead to the API server. */
export interface AccessArguments extends HttpClientArguments {
  readonly api_server: string;
  readonly kubeconfig_file: string;
  readonly namespaces?: { readonly own_namespace: boolean } | undefined;
}

type World = Pick<Outside, 'files' | 'environment'>;

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The way to the API server: a kubeconfig file, else `api_server` with the HTTP client's arguments, else the service
 * account of the pod. Throws an Error that says what is missing.
 */
export function apiAccess(args: AccessArguments, world: World): ApiAccess {
  if (args.kubeconfig_file !== '') return kubeconfigAccess(args.kubeconfig_file, world.files);
  if (args.api_server !== '') return { url: args.api_server.replace(/\/+$/, ''), http: args };
  return inCluster(args, world);
}

function inCluster(args: AccessArguments, { files, environment }: World): ApiAccess {
  const host = environment.get('KUBERNETES_SERVICE_HOST') ?? '';
  const port = environment.get('KUBERNETES_SERVICE_PORT') ?? '';
  if (host === '' || port === '') {
    throw new Error(
      'this does not run inside of a cluster (KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set): give `api_server` or `kubeconfig_file`',
    );
  }
  const text = (name: string) =>
    Buffer.from(files.readNow(`${account}/${name}`))
      .toString('utf8')
      .trim();
  text('token');
  const own = args.namespaces?.own_namespace === true ? { ownNamespace: text('namespace') } : {};
  const http = {
    ...defaultHttpClientArguments,
    bearer_token_file: `${account}/token`,
    tls_config: { ...emptyTls, ca_file: `${account}/ca.crt` },
  };
  return { url: `https://${hostPort(host, port)}`, http, ...own };
}
