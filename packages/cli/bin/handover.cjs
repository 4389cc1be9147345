'use strict';
// Runs a program in the place of this process: same terminal, same signals, same exit status.

const { spawn } = require('node:child_process');

const forwarded = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];
/**
 * Milliseconds until an interrupt is passed on. A terminal sends it to the child as well, which has ended by then, or
 * takes both for one press of Ctrl-C (stop-signal.ts); from anywhere else it comes to this process alone.
 */
const patience = 200;

/** Starts `command` and ends this process as it ends. */
function handOver(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => setTimeout(() => child.kill('SIGINT'), patience));
  child.on('error', (error) => {
    process.stderr.write(`pewter: ${command} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (status, signal) => endAs(status, signal));
}

function endAs(status, signal) {
  if (signal === null) process.exit(status ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

module.exports = { handOver };
