/** Reading what a file declares, where the command runs: with the variables that are set there. */
import type { ConfigPlan } from '@vigie/contract';
import { processSource } from '@vigie/server/config';
import type { DeclaredFile } from '@vigie/server/declarations';
import { ClientError } from '../client/client.ts';
import { type ActionCall, queryOf, textFlag } from '../client/client-command.ts';
import { UsageError } from '../command.ts';

/** The file that is meant where none is named. */
export const DEFAULT_FILE = 'vigie.yml';
/** Milliseconds that a plan or an apply of a large file may take. */
const PATIENCE = 120_000;

/** The one file that a command's words name. @throws UsageError */
export function fileNamed(words: readonly string[]): string {
  const [file = DEFAULT_FILE, ...more] = words;
  if (more.length > 0) throw new UsageError('at most one file');
  return file;
}

/** What a file declares. @throws ConfigError with all that is wrong with it; ClientError where it declares nothing. */
export async function declaredIn(file: string): Promise<DeclaredFile> {
  // With it come the kinds of probes and their libraries.
  const { loadDeclarations } = await import('@vigie/server/declarations');
  const declared = loadDeclarations(file, processSource([]));
  if (declared.document !== null) return declared;
  throw new ClientError(`${file} declares nothing: it has none of services, checks, channels and tenants`);
}

/**
 * Hands a file in to be planned or applied. @throws ClientError with what the server has against it, by line.
 */
export async function handIn(
  call: ActionCall,
  action: 'plan' | 'apply',
  { document, problemAt }: DeclaredFile,
): Promise<ConfigPlan> {
  const owner = textFlag(call, 'owner');
  const body = { document, ...(owner === undefined ? {} : { owner }) };
  const path = `/config/${action}${queryOf(call, {})}`;
  const plan = await call.client.call<ConfigPlan>('POST', path, body, PATIENCE);
  if (plan.problems.length === 0) return plan;
  const lines = plan.problems
    .map(problemAt)
    .map(({ file, line, name, reason }) => `${file}:${line}: ${name}: ${reason}`);
  throw new ClientError(lines.join('\n'));
}
