import { existsSync } from 'node:fs';
import { readEnvEntries } from '@vigie/client/env-file';
import { saasChecks } from '@vigie/client/saas-checks';
import { type ActionCall, singleCommand } from '../client/client-command.ts';
import { type Command, UsageError } from '../command.ts';
import { variableOfTitle } from '../env-checks/definitions.ts';
import { wantedFor, wantedIn } from '../env-checks/wanted.ts';
import { ENV_FILE, synchroniseFile } from './ensure.ts';

// A flag would be `--env-file`, and Node.js itself, finding that anywhere on its command line, insists on the file.
async function setup(call: ActionCall): Promise<void> {
  const [file = ENV_FILE, ...more] = call.words;
  if (more.length > 0) throw new UsageError(`it takes one file: ${more[0]}`);
  const entries = existsSync(file) ? await readEnvEntries(file) : [];
  const present = wantedIn(file, entries);
  const given = new Set(present.map(({ variable }) => variable));
  const missing = saasChecks.filter(
    ({ name, variable }) => !given.has(variable) && !given.has(variableOfTitle(name)),
  );
  const values = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
  const wanted = [...present, ...missing.map(({ variable }) => wantedFor(variable))];
  await synchroniseFile(call.withFile(values), wanted, file);
}

export const setupCommand: Command = singleCommand(
  {
    name: 'setup',
    usage: '[file]',
    summary: 'Makes the 14 checks of a SaaS back end, and writes their UUIDs into an env file.',
    run: setup,
  },
  `The file is ${ENV_FILE} unless one is named; it is made where there is none, for its owner alone.
Checks that the project has already, by UUID or by name, are taken. What else the file holds stays.`,
);
