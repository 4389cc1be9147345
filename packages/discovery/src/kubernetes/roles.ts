import type { roleNames } from './arguments.ts';
import { endpointsRole } from './endpoints-role.ts';
import { endpointsliceRole } from './endpointslice-role.ts';
import { ingressRole } from './ingress-role.ts';
import { nodeRole } from './node-role.ts';
import { podRole } from './pod-role.ts';
import type { Role } from './role.ts';
import { serviceRole } from './service-role.ts';

const byName: Readonly<Record<(typeof roleNames)[number], Role>> = {
  pod: podRole,
  service: serviceRole,
  endpoints: endpointsRole,
  endpointslice: endpointsliceRole,
  node: nodeRole,
  ingress: ingressRole,
};

/** All roles by the name that a config gives. */
export const roles: ReadonlyMap<string, Role> = new Map(Object.entries(byName));
