// The library comes without types; these are of what the page uses.
declare module 'd3-flame-graph' {
  interface FlameGraphNode {
    readonly data: { readonly name: string };
    readonly value?: number;
  }
  interface FlameGraph {
    // biome-ignore lint/suspicious/noExplicitAny: a selection of any kind is drawn into
    (selection: any): void;
    width(pixels: number): FlameGraph;
    cellHeight(pixels: number): FlameGraph;
    transitionDuration(milliseconds: number): FlameGraph;
    inverted(fromTheTop: boolean): FlameGraph;
    minFrameSize(pixels: number): FlameGraph;
    label(text: (node: FlameGraphNode) => string): FlameGraph;
    onHover(callback: (node: FlameGraphNode) => void): FlameGraph;
    setSearchMatch(matches: (node: FlameGraphNode, term: string) => boolean): FlameGraph;
    search(term: string): void;
    clear(): void;
    resetZoom(): void;
  }
  const flamegraph: () => FlameGraph;
  // biome-ignore lint/style/noDefaultExport: so the library has it
  export default flamegraph;
}
declare module 'd3-selection' {
  interface Selection {
    datum(value: unknown): Selection;
    call(draw: (selection: Selection) => void): Selection;
  }
  export function select(element: Element): Selection;
}
