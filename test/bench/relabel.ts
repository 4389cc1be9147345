import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compileRule, type RelabelRules, relabel, relabelRuleBody, Target } from '@pewter/discovery';
import { blocks, body, compareText, decodeBody, quote, Scope } from '@pewter/language';
import { parse, SourceFile } from '@pewter/syntax';
import { type BenchRule, kubernetesRules, kubernetesTargets } from './kubernetes-rules.ts';

const help = `node test/bench/relabel.ts [--targets 2000] [--rounds 40]

Twelve relabel rules for the pods of a Kubernetes cluster, applied to targets of 40 labels. Prints rules per second of
the fastest round; where Go is installed, also those of Prometheus' package model/relabel on the same rules and
targets, the ratio, and whether both came to the same. The Go program fetches that package when it is first run.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    targets: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '40' },
  },
});

/** What one round over all targets came to. */
interface Outcome {
  readonly nanos: number;
  readonly kept: number;
  /** Of all results, in an order of their own. */
  readonly digest: string;
}

if (values.help) process.stdout.write(`${help}\n`);
else process.stdout.write(compare(Number(values.targets), Number(values.rounds)));

function compare(count: number, rounds: number): string {
  const targets = kubernetesTargets(count);
  const own = measure(targets, rounds);
  const go = measureGo(targets, rounds);
  const shown = ({ nanos }: Outcome) =>
    `${((count * kubernetesRules.length * 1000) / nanos).toFixed(2)} million rules/s, ${(nanos / count / 1000).toFixed(2)} us a target`;
  const first = `${count} targets of ${Object.keys(targets[0] ?? {}).length} labels, ${kubernetesRules.length} rules, ${own.kept} kept\npewter ${shown(own)}\n`;
  if (go === undefined) return `${first}(Go is not installed)\n`;
  const same = own.digest === go.digest ? 'the same results' : 'OTHER RESULTS';
  return `${first}Go     ${shown(go)}\npewter does ${(go.nanos / own.nanos).toFixed(2)} times the work of Go in the same time; ${same}\n`;
}

function measure(labels: readonly Readonly<Record<string, string>>[], rounds: number): Outcome {
  const rules = compiled(kubernetesRules);
  const targets = labels.map((one) => Target.of(one));
  let nanos = Number.POSITIVE_INFINITY;
  let results: readonly Target[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    results = targets.flatMap((target) => relabel(rules, target) ?? []);
    nanos = Math.min(nanos, Number(process.hrtime.bigint() - start));
  }
  return { nanos, kept: results.length, digest: digestOf(results) };
}

/** The rules by the way of a config. */
function compiled(rules: readonly BenchRule[]): RelabelRules {
  const literal = (value: string | readonly string[]) =>
    typeof value === 'string' ? quote(value) : `[${value.map(quote).join(', ')}]`;
  const text = rules
    .map(
      (rule) =>
        `rule {\n${Object.entries(rule)
          .map(([name, value]) => `${name} = ${literal(value)}\n`)
          .join('')}}\n`,
    )
    .join('');
  const source = new SourceFile('rules.alloy', text);
  const place = { source, range: { start: 0, end: 0 }, name: 'rules' };
  const schema = body({ rule: blocks(relabelRuleBody) });
  const { value, diagnostics } = decodeBody(parse(source).file.body, schema, new Scope(new Map()), place);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value.rule.map(compileRule);
}

function digestOf(results: readonly Target[]): string {
  const lines = results.map((target) =>
    [...target].map(([name, value]) => `${name}\u00ff${value}\u00ff`).join(''),
  );
  const sum = createHash('sha256');
  // The separator is one byte, as in Go.
  for (const line of lines.sort(compareText)) sum.update(Buffer.from(`${line}\n`, 'latin1'));
  return sum.digest('hex');
}

function measureGo(
  targets: readonly Readonly<Record<string, string>>[],
  rounds: number,
): Outcome | undefined {
  if (spawnSync('go', ['version']).status !== 0) return undefined;
  const { stdout, stderr, status } = spawnSync('go', ['run', '.'], {
    cwd: fileURLToPath(new URL('go-relabel', import.meta.url)),
    input: JSON.stringify({ rules: kubernetesRules, targets, rounds }),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the Go program failed: ${stderr}`);
  return JSON.parse(stdout);
}
