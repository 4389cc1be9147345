import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, hasErrors, parse, SourceFile } from '@pewter/syntax';
import { root } from '../harness/files.ts';
import { referencePath } from '../harness/reference.ts';
import { buildGoSyntax, type Speed } from './go-syntax-module.ts';
import { median } from './measured-process.ts';
import { whereTimeGoes } from './where-time-goes.ts';

const help = `node test/bench/syntax.ts [--runs 3] [--profile]

How quickly configs are parsed and formatted, in MB/s, beside the published Go module where Go is installed: the files
of the reference corpus where it is present, else our own configs, repeated. Each run takes the quickest of ten passes
of either, in turn; shown are the median of the runs and, in brackets, the lowest and the highest. Then what a person
feels: how long the re-parse of a file of 2,000 lines takes after each keystroke.

--profile  where the CPU time of parse and format goes, by file and by function, instead`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    runs: { type: 'string', default: '3' },
    profile: { type: 'boolean' },
  },
});

const PASSES = 10;
const read = (text: string) => parse(new SourceFile('config.alloy', text));

if (values.help) process.stdout.write(`${help}\n`);
else if (values.profile) await profile(configs().map(({ text }) => text));
else compare(Number(values.runs));

function configs(): { readonly path: string; readonly text: string }[] {
  const corpus = referencePath('corpus');
  const found = globSync('{files,docs}/**/*', { cwd: corpus }).map((file) => join(corpus, file));
  const own = globSync('fixtures/configs/**/*.alloy', { cwd: root }).map((file) => join(root, file));
  const paths = found.length > 0 ? found : Array.from({ length: 50 }, () => own).flat();
  return paths
    .filter((path) => !path.endsWith('.fmt') && statSync(path).isFile())
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function compare(runs: number): void {
  const files = configs();
  const texts = files.map(({ text }) => text);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  print(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  const go = buildGoSyntax(files.map(({ path }) => path));
  const own: Speed[] = [];
  const theirs: Speed[] = [];
  for (let run = 0; run < runs; run++) {
    own.push(measure(texts, bytes));
    if (go !== undefined) theirs.push(go.measure());
  }
  go?.remove();
  report('parse', 'parse', own, theirs);
  report('parse and format', 'format', own, theirs);
  print(`re-parse after each of 100 keystrokes in a file of 2,000 lines: ${keystrokes()}`);
}

function measure(texts: readonly string[], bytes: number): Speed {
  const speed = (work: () => void) => bytes / 1000 / quickest(work);
  return {
    parse: speed(() => texts.forEach(read)),
    format: speed(() => texts.forEach(readAndFormat)),
  };
}

function readAndFormat(text: string): void {
  const { file, diagnostics } = read(text);
  if (!hasErrors(diagnostics)) format(file);
}

/** The milliseconds of the quickest of some passes. */
function quickest(work: () => void): number {
  return Math.min(...Array.from({ length: PASSES }, () => milliseconds(work)));
}

function milliseconds(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function report(name: string, what: keyof Speed, own: readonly Speed[], theirs: readonly Speed[]): void {
  const ours = own.map((speed) => speed[what]);
  const go = theirs.map((speed) => speed[what]);
  const ratios = ours.map((speed, run) => speed / (go[run] ?? Number.NaN));
  const peer =
    go.length === 0 ? 'Go: not installed' : `Go: ${spread(go, 1)} MB/s; ratio ${spread(ratios, 2)}`;
  print(`${name}: ${spread(ours, 1)} MB/s; ${peer}`);
}

function spread(numbers: readonly number[], digits: number): string {
  const [middle, low, high] = [median(numbers), Math.min(...numbers), Math.max(...numbers)];
  return `${middle.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** Types a value in the middle of a file, character by character. */
function keystrokes(): string {
  const block =
    'prometheus.scrape "a" {\n\ttargets    = [{"__address__" = "host:1"}]\n\tforward_to = [b.c.receiver]\n}\n\n';
  const half = block.repeat(200);
  const typed = `pyroscope.scrape "new" {\n\ttargets = [{"__address__" = "localhost:4040", "service_name" = "api"}]\n}`;
  const times = Array.from({ length: 100 }, (_, count) =>
    milliseconds(() => read(`${half}${typed.slice(0, count + 1)}\n\n${half}`)),
  );
  return `${median(times).toFixed(1)} ms in the median, ${Math.max(...times).toFixed(1)} ms at most`;
}

async function profile(texts: readonly string[]): Promise<void> {
  const work = () => texts.forEach(readAndFormat);
  for (let pass = 0; pass < PASSES; pass++) work();
  const { files, functions } = await whereTimeGoes(() => {
    for (let pass = 0; pass < 2 * PASSES; pass++) work();
  });
  for (const { name, share } of [...files.slice(0, 15), ...functions.slice(0, 30)])
    print(`${(100 * share).toFixed(1).padStart(5)} %  ${name}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
