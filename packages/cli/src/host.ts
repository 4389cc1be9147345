/** Something that text is written to. */
export interface TextStream {
  write(text: string): unknown;
  /** Whether its reader shows colours. */
  readonly colors: boolean;
  /** True when a person watches as it is written; absent counts as false. */
  readonly terminal?: boolean;
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Where a command writes. */
export interface Output {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

/** What a command has of the process that it runs in. Tests hand in one of their own. */
export interface Host extends Output {
  /** All of standard input, as it came. */
  readInput(): Promise<Uint8Array>;
  /** True when a person types the input; absent counts as false. */
  readonly inputIsTerminal?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back at each signal until the returned function is called. */
  onSignal(signal: Signal, callback: () => void): () => void;
  /**
   * Calls back with whatever is thrown or rejected and nobody catches, until the returned function is called; the process
   * goes on.
   */
  onFault(callback: (error: unknown) => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}
