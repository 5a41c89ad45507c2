import { readEnvEntries, updateEnvFile } from '@vigie/client/env-file';
import { ClientError } from '../client/client.ts';
import { type ActionCall, singleCommand, textFlag } from '../client/client-command.ts';
import { type Command, UsageError } from '../command.ts';
import { accountText } from '../env-checks/account.ts';
import { synchronise } from '../env-checks/synchronise.ts';
import { type Wanted, wantedIn } from '../env-checks/wanted.ts';

/** The env file of the checks, unless another one is named. */
export const ENV_FILE = '.env.healthchecks';

async function ensure(call: ActionCall): Promise<void> {
  if (call.words.length > 0) throw new UsageError(`it takes no words: ${call.words[0]}`);
  const file = textFlag(call, 'env-file') ?? ENV_FILE;
  const entries = await readEntries(file);
  const wanted = wantedIn(file, entries);
  if (wanted.length === 0) {
    throw new ClientError(
      `${file} holds no HC_CHECK_ variable: vigie setup makes the checks and writes them`,
    );
  }
  const values = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
  await synchroniseFile(call.withFile(values), wanted, file);
}

async function readEntries(file: string) {
  try {
    return await readEnvEntries(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ClientError(`cannot read ${file}: ${error.message}`);
  }
}

/** Makes checks and file agree, and says what was done. */
export async function synchroniseFile(
  call: ActionCall,
  wanted: readonly Wanted[],
  file: string,
): Promise<void> {
  const done = await synchronise(call, wanted, call.flags['force-recreate'] === true);
  const written = new Map(wanted.map((one) => [one.variable, one.written]));
  const changes = done.checks.filter(({ variable, id }) => written.get(variable) !== id);
  const rewritten = await updateEnvFile(
    file,
    Object.fromEntries(changes.map(({ variable, id }) => [variable, id])),
  );
  call.show({ ...done, file, rewritten }, accountText(done, file, rewritten));
}

export const ensureCommand: Command = singleCommand(
  {
    name: 'ensure',
    usage: '[--env-file FILE] [--force-recreate]',
    summary: 'Makes or mends the check of each HC_CHECK_ variable, with exactly its UUID.',
    options: { 'env-file': { type: 'string' }, 'force-recreate': { type: 'boolean' } },
    run: ensure,
  },
  `  --env-file FILE     default ${ENV_FILE}; it also says where the server is, where flags and environment do not
  --force-recreate    writes every setting again, all channels of the project too; the past of a check stays

A second run changes nothing. The file is rewritten, whole or not at all, only for a UUID that the server does not
take, or that is blank: order, comments and all other lines stay. Checks of the same name with another UUID are told.`,
);
