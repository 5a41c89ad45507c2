/** Where a command's words go, and how it ends. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
  /** Sets the code with which the process ends; without a call it is 0. */
  exit(code: number): void;
  /** What is printed goes to a terminal: somebody reads it. */
  readonly terminal: boolean;
}

/** A flag, as completion needs it. */
export interface Flag {
  /** With its dashes. */
  name: string;
  takesValue: boolean;
}

/** What may stand at one place of the command line. */
export interface Words {
  flags: readonly Flag[];
  /** What is no flag: one of these, or, without any, a file or whatever the command takes. */
  choices?: readonly string[];
}

/** One thing the `vigie` command does. */
export interface Command {
  /** The word that selects it. */
  name: string;
  /** What follows that word. */
  usage: string;
  summary: string;
  /** What completion offers behind that word. */
  words: Words;
  /** What it offers behind each word that says what to do. */
  actions?: ReadonlyMap<string, Words>;
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
