/** Where a command's words go. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
}

/** One thing the `vigie` command does. */
export interface Command {
  /** The word that selects it. */
  name: string;
  /** What follows that word. */
  usage: string;
  summary: string;
  /** More lines for its own `--help`. */
  help(): string;
  /** @throws UsageError for arguments it cannot take, anything else for a failure. */
  run(args: readonly string[], output: Output): Promise<void>;
}

/** The arguments make no sense. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
