import { UsageError } from '../command.ts';

/** What commands that take server flags say of them. */
export const SERVER_FLAGS =
  'Flags, environment and vigie.yml say which database, as for the server: --data-dir, --database-url, ...';

/** The file that a command works on, which comes first, and the server flags behind it. */
export function readFileArguments(args: readonly string[]): { file: string; flags: readonly string[] } {
  const [file, ...flags] = args;
  if (file === undefined || file.startsWith('-')) throw new UsageError('the file comes first; see --help');
  return { file, flags };
}
