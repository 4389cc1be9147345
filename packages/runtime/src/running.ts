// What runs a config. It is apart from what checks one, which needs none of the libraries behind this.
export { createLogger, defaultLogSettings } from './logger.ts';
export { Pipeline } from './pipeline.ts';
export { realDispatcher } from './real-dispatcher.ts';
export { realListen } from './real-listen.ts';
export { realNameClient } from './real-names.ts';
export { realOutside } from './real-outside.ts';
export { realPrograms } from './real-programs.ts';
