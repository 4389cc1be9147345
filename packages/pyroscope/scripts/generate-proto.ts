/**
 * Writes src/gen from proto/. Run it after a change to a .proto file and commit what it writes:
 * `node packages/pyroscope/scripts/generate-proto.ts`. The generators are fetched when needed, so that
 * nobody who only runs the program installs them.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const args = ['-y', '@bufbuild/buf@1.75.0', 'generate', 'proto', '--template', 'scripts/buf.gen.yaml'];
const { status } = spawnSync('npx', args, { cwd, stdio: 'inherit' });
process.exitCode = status ?? 1;
