/** Something that text is written to. */
export interface TextStream {
  write(text: string): unknown;
  /** Whether its reader shows colours. */
  readonly colors: boolean;
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** What a command has of the process that it runs in. Tests hand in one of their own. */
export interface Host {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** True when a person types the input; absent counts as false. */
  readonly inputIsTerminal?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back at each signal until the returned function is called. */
  onSignal(signal: Signal, callback: () => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}
