import type { Command } from 'commander';
import type { Host } from './host.ts';

/** A command as it is offered; its action hands the exit status to `finish`. */
export type CommandFactory = (host: Host, finish: (code: number) => void) => Command;
