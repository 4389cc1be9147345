/**
 * How quickly configs are parsed and formatted, in MB/s, beside the published Go module where Go is installed; how long
 * one file of 2,000 lines and the check of 1,000 files take. Run: node test/bench/syntax.ts
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, hasErrors, parse, SourceFile } from '@pewter/syntax';

const root = join(import.meta.dirname, '../..');
const corpus = join(process.env.PEWTER_REFERENCE ?? join(root, '../shared/reference'), 'corpus');
const PASSES = 15;

/** The corpus of real files where there is one, else our own configs, repeated. */
function files(): string[] {
  if (existsSync(corpus)) {
    const found = globSync('{files,docs}/**/*', { cwd: corpus }).map((file) => join(corpus, file));
    return found.filter((path) => !path.endsWith('.fmt') && statSync(path).isFile());
  }
  const own = globSync('fixtures/configs/**/*.alloy', { cwd: root }).map((file) => join(root, file));
  return Array.from({ length: 50 }, () => own).flat();
}

/** The milliseconds of the quickest of some runs. */
function quickest(run: () => void, passes = PASSES): number {
  const times = Array.from({ length: passes }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return Math.min(...times);
}

const read = (text: string) => parse(new SourceFile('config.alloy', text));

function check(text: string): boolean {
  const { file, diagnostics } = read(text);
  return hasErrors(diagnostics) || format(file) === text;
}

/** MB/s of the Go module, or undefined without Go. Runs in a copy: `go mod tidy` writes beside the program. */
function measureGo(paths: readonly string[]): { parse: number; format: number } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'go-syntax-'));
  cpSync(join(import.meta.dirname, 'go-syntax'), folder, { recursive: true });
  try {
    const tidy = spawnSync('go', ['mod', 'tidy'], { cwd: folder, timeout: 120_000 });
    if (tidy.status !== 0) return undefined;
    const input = `${paths.join('\n')}\n`;
    const { stdout } = spawnSync('go', ['run', '.'], {
      cwd: folder,
      input,
      encoding: 'utf8',
      timeout: 300_000,
    });
    const [parsed = 0, formatted = 0] = stdout.trim().split(' ').map(Number);
    return { parse: parsed, format: formatted };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const paths = files();
const texts = paths.map((path) => readFileSync(path, 'utf8'));
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
const speed = (milliseconds: number) => megabytes / (milliseconds / 1000);
const own = {
  parse: speed(quickest(() => texts.forEach(read))),
  format: speed(quickest(() => texts.forEach(check))),
};
const go = measureGo(paths);
process.stdout.write(`${paths.length} files, ${megabytes.toFixed(1)} MB\n`);
for (const what of ['parse', 'format'] as const) {
  const ours = own[what].toFixed(1);
  const theirs =
    go === undefined
      ? 'Go: not installed'
      : `Go: ${go[what].toFixed(1)} MB/s, ratio ${(own[what] / go[what]).toFixed(2)}`;
  process.stdout.write(`${what === 'parse' ? 'parse' : 'parse and format'}: ${ours} MB/s; ${theirs}\n`);
}

const thousand = Array.from({ length: 1000 }, (_, index) => texts[index % texts.length] ?? '');
process.stdout.write(
  `fmt --check of 1,000 files: ${quickest(() => thousand.forEach(check), 3).toFixed(0)} ms\n`,
);
const long =
  'prometheus.scrape "a" {\n\ttargets    = [{"__address__" = "host:1"}]\n\tforward_to = [b.c.receiver]\n}\n\n'.repeat(
    400,
  );
process.stdout.write(`parse of a file of 2,000 lines: ${quickest(() => read(long)).toFixed(1)} ms\n`);
