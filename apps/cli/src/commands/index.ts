import type { Command } from '../command.ts';

/**
 * Every command by its name, in the order of the help. Each is loaded when it is asked for: a job under `vigie exec`
 * waits for no other.
 */
const LOADERS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['server', async () => (await import('./server.ts')).server],
  ['status', async () => (await import('./status.ts')).statusCommand],
  ['checks', async () => (await import('./checks.ts')).checks],
  ['ping', async () => (await import('./ping.ts')).pingCommand],
  ['exec', async () => (await import('./exec.ts')).execCommand],
  ['setup', async () => (await import('./setup.ts')).setupCommand],
  ['ensure', async () => (await import('./ensure.ts')).ensureCommand],
  ['discover', async () => (await import('./discover.ts')).discoverCommand],
  ['config', async () => (await import('./config.ts')).configCommand],
  ['plan', async () => (await import('./plan.ts')).planCommand],
  ['apply', async () => (await import('./apply.ts')).applyCommand],
  ['export', async () => (await import('./export.ts')).exportCommand],
  ['probe', async () => (await import('./probe.ts')).probeCommand],
  ['alerts', async () => (await import('./alerts.ts')).alerts],
  ['silences', async () => (await import('./silences.ts')).silences],
  ['drill', async () => (await import('./drill.ts')).drill],
  ['accounts', async () => (await import('./accounts.ts')).accounts],
  ['backup', async () => (await import('./backup.ts')).backup],
  ['restore', async () => (await import('./restore.ts')).restore],
  ['completion', async () => (await import('./completion.ts')).completionCommand(allCommands)],
]);

export const DEFAULT_COMMAND = 'server';

/** The command of that name. */
export async function commandNamed(name: string): Promise<Command | undefined> {
  return LOADERS.get(name)?.();
}

/** All of them, for what is said about all. */
export function allCommands(): Promise<Command[]> {
  return Promise.all([...LOADERS.values()].map((load) => load()));
}
