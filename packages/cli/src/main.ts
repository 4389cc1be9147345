import { runProgram } from './program.ts';
import { realHost } from './real-host.ts';

process.exitCode = await runProgram(process.argv.slice(2), realHost());
