import { dirname, resolve } from 'node:path';
import { defaultHttpClientArguments, type HttpClientArguments, type TlsArguments } from '@pewter/http-client';
import { Secret } from '@pewter/language';
import type { Files } from '@pewter/runtime';
import { parse } from 'yaml';
import { type Fields, items, record, textOf } from '../untrusted.ts';
import type { ApiAccess } from './api-access.ts';
import { execPlugin } from './exec-credentials.ts';
import { emptyTls } from './tls.ts';

/** The way that a kubeconfig file describes. Throws an Error that says what in it is missing or not supported. */
export function kubeconfigAccess(path: string, files: Files): ApiAccess {
  const config = parsed(path, files);
  const named = (list: unknown, name: unknown, part: string): Fields => {
    const found = items(list)
      .map(record)
      .find((one) => one.name === name);
    if (found === undefined) throw new Error(`\`${path}\` has no ${part} named \`${textOf(name)}\``);
    return record(found[part]);
  };
  const context = named(config.contexts, config['current-context'], 'context');
  const cluster = named(config.clusters, context.cluster, 'cluster');
  const user = textOf(context.user) === '' ? {} : named(config.users, context.user, 'user');
  const server = textOf(cluster.server);
  if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw new Error(`\`server\` of cluster \`${textOf(context.cluster)}\` in \`${path}\` is no URL`);
  }
  const file = (value: unknown) => (textOf(value) === '' ? '' : resolve(dirname(path), textOf(value)));
  const http: HttpClientArguments = {
    ...defaultHttpClientArguments,
    ...credentials(user, path, file),
    tls_config: tls(cluster, user, file),
    proxy_url: textOf(cluster['proxy-url']),
    proxy_from_environment: textOf(cluster['proxy-url']) === '',
  };
  const url = server.replace(/\/+$/, '');
  return user.exec == null ? { url, http } : { url, http, plugin: execPlugin(record(user.exec), file) };
}

function parsed(path: string, files: Files): Fields {
  const text = Buffer.from(files.readNow(path)).toString('utf8');
  try {
    return record(parse(text));
  } catch {
    // The parser's message quotes the file, which holds secrets.
    throw new Error(`\`${path}\` is no valid YAML`);
  }
}

type FileOf = (value: unknown) => string;

function credentials(user: Fields, path: string, file: FileOf): Partial<HttpClientArguments> {
  if (user['auth-provider'] != null) {
    throw new Error(
      `the user in \`${path}\` authenticates with \`auth-provider\`, which client-go no longer has either: use \`exec\`, a token or a client certificate`,
    );
  }
  if (textOf(user.tokenFile) !== '') return { bearer_token_file: file(user.tokenFile) };
  if (textOf(user.token) !== '') return { bearer_token: new Secret(textOf(user.token)) };
  const username = textOf(user.username);
  if (username === '') return {};
  return { basic_auth: { username, password: new Secret(textOf(user.password)), password_file: '' } };
}

function tls(cluster: Fields, user: Fields, file: FileOf): TlsArguments {
  const pem = (value: unknown) => Buffer.from(textOf(value), 'base64').toString('utf8');
  const either = (fields: Fields, name: string) => {
    const data = pem(fields[`${name}-data`]);
    return { pem: data, file: data === '' ? file(fields[name]) : '' };
  };
  const ca = either(cluster, 'certificate-authority');
  const cert = either(user, 'client-certificate');
  const key = either(user, 'client-key');
  return {
    ...emptyTls,
    ca_pem: ca.pem,
    ca_file: ca.file,
    cert_pem: cert.pem,
    cert_file: cert.file,
    key_pem: new Secret(key.pem),
    key_file: key.file,
    server_name: textOf(cluster['tls-server-name']),
    insecure_skip_verify: cluster['insecure-skip-tls-verify'] === true,
  };
}
