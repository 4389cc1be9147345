/** What the sink has seen since it started. */
export interface SinkCounts {
  profiles: number;
  bytes: number;
  refused: number;
}
