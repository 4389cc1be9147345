import { hostname } from 'node:os';
import type { Host, Outside } from './outside.ts';
import { realClock } from './real-clock.ts';
import { realDatabases } from './real-databases.ts';
import { realDispatcher } from './real-dispatcher.ts';
import { realFiles } from './real-files.ts';
import { realListen } from './real-listen.ts';
import { realNameClient } from './real-names.ts';
import { realPrograms } from './real-programs.ts';
import { realUsage } from './real-usage.ts';

/** The world as it is: the machine's clock, files, environment and programs, and its network over IPv4 and IPv6. */
export function realOutside(): Outside {
  return {
    clock: realClock,
    files: realFiles,
    environment: { get: (name) => process.env[name], host: host(), usage: realUsage },
    network: {
      dispatcher: realDispatcher,
      nameClient: realNameClient,
      listen: realListen,
    },
    databases: realDatabases(),
    programs: realPrograms,
  };
}

/** Node's names where Go has others. */
const goNames: Readonly<Record<string, string>> = { win32: 'windows', x64: 'amd64', ia32: '386' };

function host(): Host {
  const { platform, arch } = process;
  return { hostname: hostname(), os: goNames[platform] ?? platform, arch: goNames[arch] ?? arch };
}
