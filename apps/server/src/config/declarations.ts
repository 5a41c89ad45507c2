import type { DeclaredFile } from '../declared/file.ts';
/** What files declare, for other programs on the server's code. With it come the kinds of probes and their libraries. */
import { messageOf } from '../errors.ts';
import { readConfigText } from './config-file.ts';
import { ConfigError, type Problem } from './problem.ts';
import type { ConfigSource } from './source.ts';

export type { DeclaredFile } from '../declared/file.ts';
export { declarationsText } from '../declared/written.ts';

/**
 * What a file declares, its settings left aside: they are another server's, whose variables nobody has here.
 * @throws ConfigError with all that is wrong with it.
 */
export function loadDeclarations(
  path: string,
  { env, readFile }: Pick<ConfigSource, 'env' | 'readFile'>,
): DeclaredFile {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    throw new ConfigError([{ name: '', value: '', reason: messageOf(error), file: path }]);
  }
  const problems: Problem[] = [];
  const { declared } = readConfigText(text, path, env, problems);
  if (declared === null) throw new ConfigError(problems);
  if (declared.problems.length > 0) throw new ConfigError([...declared.problems]);
  return declared;
}
