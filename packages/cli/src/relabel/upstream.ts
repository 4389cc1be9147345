import type { ConfigGraph, LoadedConfig } from '@pewter/runtime';
import { SourceFile } from '@pewter/syntax';

/** The node and all that it depends on, those first that others depend on. */
export function upstreamOf(id: string, graph: ConfigGraph): readonly string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  const visit = (one: string) => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const before of graph.predecessors(one) ?? []) visit(before);
    order.push(one);
  };
  visit(id);
  return order;
}

/** The config with nothing but these nodes; what is left stands where it stood. */
export function onlyThese(config: LoadedConfig, ids: readonly string[]): readonly SourceFile[] {
  const kept = new Set(ids.map((id) => config.nodes.get(id)?.block.range.start));
  return config.files.map(({ source, body }) => {
    let text = source.text;
    for (const { range } of body) {
      if (kept.has(range.start) && isOf(config, ids, source, range.start)) continue;
      const blank = text.slice(range.start, range.end).replace(/[^\n]/g, ' ');
      text = text.slice(0, range.start) + blank + text.slice(range.end);
    }
    return new SourceFile(source.name, text);
  });
}

/** Files of one config may have blocks at the same offset. */
function isOf({ nodes }: LoadedConfig, ids: readonly string[], source: SourceFile, start: number): boolean {
  return ids.some((id) => {
    const node = nodes.get(id);
    return node?.source === source && node.block.range.start === start;
  });
}
