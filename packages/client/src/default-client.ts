import { type Client, createClient } from './client.ts';
import { consoleLog } from './log.ts';
import { SettingsError } from './settings.ts';

let shared: Client | null = null;

/**
 * The client of the environment, made when it is first wanted. Where the environment cannot be, it says so and
 * sends nothing: jobs go on.
 */
export function defaultClient(): Client {
  shared ??= fromEnvironment();
  return shared;
}

function fromEnvironment(): Client {
  try {
    return createClient();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    consoleLog.warn(`nothing is monitored: ${error.message}`);
    return createClient({ variables: {}, enabled: false });
  }
}
