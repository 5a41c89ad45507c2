import { existsSync, readFileSync, statSync } from 'node:fs';

/** Where the configuration comes from. Tests and the simulation hand in their own. */
export interface ConfigSource {
  readonly env: Record<string, string | undefined>;
  /** The flags after the command's name. */
  readonly argv: readonly string[];
  /** Throws where the file cannot be read. */
  readFile(path: string): string;
  fileExists(path: string): boolean;
}

/** A settings file or a secret has no reason to be longer; a wrong path (a disk, a log) often is. */
const LONGEST_FILE = 1024 * 1024;

/** The process's own environment and files. Nothing else in the server reads the environment. */
export function processSource(argv: readonly string[]): ConfigSource {
  return { env: process.env, argv, readFile: readShortFile, fileExists: existsSync };
}

function readShortFile(path: string): string {
  const { size } = statSync(path);
  if (size > LONGEST_FILE)
    throw new Error(`${size} bytes are more than a settings file or a secret may have`);
  return readFileSync(path, 'utf8');
}
