import type { Target } from '@pewter/discovery';
import { type GraphNode, type LoadedConfig, load, type Stability } from '@pewter/runtime';
import { CommandError } from '../command-error.ts';
import { runVocabulary } from '../components.ts';
import { readConfig } from '../config-files.ts';
import { evalScope } from '../eval/eval-scope.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { isSecretField } from '../secret-field.ts';
import type { SourceFailure } from '../targets/source-failures.ts';
import { followTargets, type Incoming, type Journey } from './journeys.ts';
import { readTargets } from './read-targets.ts';
import { journeysJson, resultText, traceText } from './report.ts';
import { runStages } from './running-stages.ts';
import { rulePlaces, type Stage, writtenRules } from './stage.ts';
import { upstreamOf } from './upstream.ts';

export interface RelabelOptions {
  readonly path: string;
  /** Undefined: the only one that has rules. */
  readonly component: string | undefined;
  /** A file of targets; those of the config where it is undefined. */
  readonly targets: string | undefined;
  readonly trace: boolean;
  readonly json: boolean;
  readonly waitMs: number;
  readonly stability: Stability;
}

/** Prints what rules make of targets; gives the exit status. Rejects with {@link CommandError}. */
export async function relabelTargets(options: RelabelOptions, host: Host): Promise<number> {
  const { path, trace, json } = options;
  const vocabulary = runVocabulary({ unsupported: 'skip', community: true });
  const config = load({ ...vocabulary, sources: await readConfig(path), stability: options.stability });
  if (!config.sound) {
    printDiagnostics(config.diagnostics, host, isSecretField);
    return exitCode.failed;
  }
  const node = relabelNode(config, options.component);
  const component = node.id;
  const { journeys, failures } = await journeysOf(config, node, options, host);
  const text = trace ? traceText(journeys, component) : resultText(journeys, component);
  host.stdout.write(json ? journeysJson(journeys, failures, trace) : text);
  return journeys.length === 0 && failures.length > 0 ? exitCode.failed : exitCode.ok;
}

/** Components with relabel rules whose labels do not come from a discovery. */
const ofSamples = new Set(['prometheus.relabel', 'loki.relabel', 'pyroscope.relabel']);

function relabelNode({ nodes }: LoadedConfig, component: string | undefined): GraphNode {
  const hasRules = ({ name }: GraphNode) => name === 'discovery.relabel' || ofSamples.has(name);
  const known = [...nodes.values()].filter(hasRules);
  const [only] = known;
  if (component === undefined && known.length === 1 && only !== undefined) return only;
  const node = component === undefined ? undefined : nodes.get(component);
  if (node !== undefined && hasRules(node)) return node;
  const names = known.map(({ id }) => id).join(', ');
  if (names === '') throw new CommandError('the config has no relabel component', exitCode.unusable);
  throw new CommandError(`${complaint(component, node)}; there are ${names}`, exitCode.unusable);
}

function complaint(component: string | undefined, node: GraphNode | undefined): string {
  if (component === undefined) return 'say which component with --component';
  return node === undefined ? `there is no component ${component}` : `${component} has no relabel rules`;
}

/** The ways of targets, and the sources that gave none because they failed. */
interface Found {
  readonly journeys: readonly Journey[];
  readonly failures: readonly SourceFailure[];
}

async function journeysOf(
  config: LoadedConfig,
  node: GraphNode,
  options: RelabelOptions,
  host: Host,
): Promise<Found> {
  if (options.targets !== undefined) {
    const given = await readTargets(options.targets, host);
    const stages = writtenStages(config, node, options, host);
    return { journeys: followTargets(stages, fromGiven(given)), failures: [] };
  }
  if (ofSamples.has(node.name)) {
    throw new CommandError(
      `the labels that come to ${node.id} are not targets: give some with --targets`,
      exitCode.unusable,
    );
  }
  const upstream = upstreamOf(node.id, config.graph);
  const { stages: running, failures } = await runStages(config, upstream, options, host);
  const stages = [...running].map(([id, { rules }]) => stage(config, id, rules));
  return { journeys: followTargets(stages, ({ id }) => running.get(id)?.targets ?? []), failures };
}

/** Given targets come in where no other stage comes before; each further stage takes what those before it leave. */
const fromGiven =
  (given: readonly Target[]): Incoming =>
  ({ from }, outputs) =>
    from.length === 0 ? given : from.flatMap((id) => outputs.get(id) ?? []);

function writtenStages(
  config: LoadedConfig,
  node: GraphNode,
  { stability }: RelabelOptions,
  host: Host,
): readonly Stage[] {
  const scope = evalScope(stability, host);
  return stageNodes(config, node).map((one) => {
    const written = writtenRules(one, scope);
    if ('rules' in written) return stage(config, one.id, written.rules);
    printDiagnostics(written.diagnostics, host);
    throw new CommandError(`the rules of ${one.id} can not be told without running others`, exitCode.failed);
  });
}

/** The component and, where targets come to it, all relabel components before it. */
function stageNodes({ nodes, graph }: LoadedConfig, node: GraphNode): readonly GraphNode[] {
  if (node.name !== 'discovery.relabel') return [node];
  return upstreamOf(node.id, graph)
    .flatMap((id) => nodes.get(id) ?? [])
    .filter(({ name }) => name === 'discovery.relabel');
}

function stage({ nodes, graph }: LoadedConfig, id: string, rules: Stage['rules']): Stage {
  const node = nodes.get(id);
  const from = (graph.predecessors(id) ?? []).filter((one) => nodes.get(one)?.name === 'discovery.relabel');
  return { id, rules, places: node === undefined ? [] : rulePlaces(node), from: from.toSorted() };
}
