'use strict';
// Runs a program in the place of this process: same terminal, same signals, same exit status.

const { spawn } = require('node:child_process');

const forwarded = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];

/** Starts `command` and ends this process as it ends. */
function handOver(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  // A terminal sends its interrupt to the child as well; from anywhere else it comes to this process alone.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
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
