import { useCompileCache } from './compile-cache.ts';

// What is imported statically is compiled before anything runs, so the program comes after the cache.
useCompileCache(process.env);
const [{ runProgram }, { realHost }] = await Promise.all([import('./program.ts'), import('./real-host.ts')]);

process.exitCode = await runProgram(process.argv.slice(2), realHost());
