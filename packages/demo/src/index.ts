export { type Demo, startDemo } from './demo.ts';
export type { Endpoint, ListedService } from './service-discovery.ts';
