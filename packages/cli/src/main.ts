import { useCompileCache } from './compile-cache.ts';
import { withNodeFlags } from './node-flags.ts';

withNodeFlags(process, {
  set: (flag) => process.getBuiltinModule('node:v8').setFlagsFromString(flag),
  started: (callback) => void setTimeout(callback, 10_000).unref(),
});
// What is imported statically is compiled before anything runs, so the program comes after the cache.
useCompileCache(process.env);
const [{ runProgram }, { realHost }] = await Promise.all([import('./program.ts'), import('./real-host.ts')]);

// Timers of components keep no process alive, so that none outlives its work; a command does until it has ended.
const alive = setInterval(() => {}, 2 ** 30);
process.exitCode = await runProgram(process.argv.slice(2), realHost());
clearInterval(alive);
