import { namespaceLabel, objectLabels } from '../kubernetes-pod.ts';
import { Target } from '../target.ts';
import { type Fields, items, record, textOf } from '../untrusted.ts';
import { metaLabels } from './labels.ts';
import { namespaceMetadata, type Role } from './role.ts';

/** A target for each path of each rule. */
export const ingressRole: Role = {
  resource: 'ingresses',
  also: [],
  source: 'ingress',
  targets(ingress, context) {
    const spec = record(ingress.spec);
    const shared = new Map([
      namespaceLabel(ingress),
      ...objectLabels('ingress', ingress),
      ...namespaceMetadata(ingress, context),
      ...metaLabels({ ingress_class_name: spec.ingressClassName }),
    ]);
    const secured = items(spec.tls)
      .flatMap((tls) => items(record(tls).hosts))
      .map(textOf);
    return items(spec.rules)
      .map(record)
      .flatMap((rule) => {
        const host = textOf(rule.host);
        const scheme = secured.some((pattern) => covers(pattern, host)) ? 'https' : 'http';
        return pathsOf(rule).map((path) => {
          const own = { ingress_scheme: scheme, ingress_host: host, ingress_path: path };
          return new Target(metaLabels(own).set('__address__', host), shared);
        });
      });
  },
};

/** A rule without `http` stands for all paths, one whose `http` has none for no path. */
function pathsOf(rule: Fields): readonly string[] {
  if (rule.http == null) return ['/'];
  return items(record(rule.http).paths).map((one) => textOf(record(one).path) || '/');
}

/** Whether a host of a certificate is this one; `*` as its first part stands for any one part of the name. */
function covers(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  const [first, ...rest] = pattern.split('.');
  const [, ...below] = host.split('.');
  return first === '*' && rest.length === below.length && rest.every((part, index) => part === below[index]);
}
