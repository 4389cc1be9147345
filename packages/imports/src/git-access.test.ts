import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProgramOptions, ProgramResult } from '@pewter/runtime';
import { MemoryFiles, testOutside } from '@pewter/testkit';
import { decoded } from './decode.test-help.ts';
import { importGit } from './git.ts';

interface Call {
  readonly args: readonly string[];
  readonly options: ProgramOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Imports with a Git that always fails, saying all that it was given. */
async function attempt(body: string) {
  const calls: Call[] = [];
  const run = async (_: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> => {
    const environment = options.environment?.('/private') ?? {};
    calls.push({ args, options, environment });
    const stderr = `fatal: ${args.join(' ')} ${Object.values(environment).join(' ')}`;
    return { status: args.includes('init') ? 0 : 128, stdout: '', stderr };
  };
  const files = new MemoryFiles({ '/password': 'from-file\n' });
  const outside = { ...testOutside({ files }), programs: { run }, storagePath: '/store' };
  const reading = importGit.read(
    outside,
    decoded(importGit, `path = "a"\n${body}`),
    new AbortController().signal,
  );
  const message = await reading.then(
    () => '',
    (error: Error) => error.message,
  );
  return { calls, message };
}

const basic = (user: string, password: string) =>
  `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('credentials of import.git', () => {
  test('are bound to the server in the environment, and in no argument or message', async () => {
    for (const [body, password] of [
      [
        'repository = "https://h/r.git"\nbasic_auth {\n username = "u"\n password = "pass-word"\n}',
        'pass-word',
      ],
      [
        'repository = "https://h/r.git"\nbasic_auth {\n username = "u"\n password_file = "/password"\n}',
        'from-file',
      ],
      ['repository = "https://u:in-url@h/r.git"', 'in-url'],
    ] as const) {
      const { calls, message } = await attempt(body);
      assert.equal(calls.at(-1)?.environment.GIT_CONFIG_KEY_0, 'http.https://h/.extraHeader');
      assert.equal(calls.at(-1)?.environment.GIT_CONFIG_VALUE_0, basic('u', password));
      const seen = [message, ...calls.flatMap(({ args }) => args)].join(' ');
      assert.match(seen, /https:\/\/h\/r.git/);
      assert.ok(!seen.includes(password) && !seen.includes(basic('u', password).slice(-8)), seen);
    }
  });

  test('are a key in a private file for ssh, and its passphrase is asked of us', async () => {
    const key = 'ssh_key {\n username = "git"\n key = "KEY"\n passphrase = "open sesame"\n}';
    const { calls, message } = await attempt(`repository = "git@h:r.git"\n${key}`);
    const { environment, options } = calls.at(-1) as Call;
    assert.match(environment.GIT_SSH_COMMAND ?? '', /^ssh -i '\/private\/key' .*-l 'git'/);
    assert.equal(environment.SSH_ASKPASS, '/private/askpass');
    assert.equal(options.privateFiles?.key, 'KEY\n');
    assert.ok(!message.includes('sesame') && !calls.some(({ args }) => args.join(' ').includes('sesame')));
  });

  test('cannot break out of the ssh command', async () => {
    const key = 'ssh_key {\n username = "a\'; touch /tmp/x; \'"\n key_file = "/k"\n}';
    const { calls } = await attempt(`repository = "ssh://h/r.git"\n${key}`);
    assert.match(calls.at(-1)?.environment.GIT_SSH_COMMAND ?? '', /-l 'a'\\''; touch \/tmp\/x; '\\'''/);
  });

  test('are asked of nobody at a terminal', async () => {
    const { calls } = await attempt('repository = "https://h/r.git"');
    assert.equal(calls.at(-1)?.environment.GIT_TERMINAL_PROMPT, '0');
  });
});
