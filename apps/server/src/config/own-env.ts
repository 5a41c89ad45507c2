import { SECRET_PREFIX } from '../probes/secrets.ts';
import { closest } from './closest.ts';
import { type Given, isBlank } from './given.ts';
import type { Problem } from './problem.ts';
import { FILE_SUFFIX } from './setting.ts';
import { allSettings, CONFIG_FILE } from './settings.ts';

type Env = Record<string, string | undefined>;

/** Tells the command line where the server is: a shell that has it for that may start a server or a backup too. */
const OF_THE_CLIENT = 'VIGIE_URL';

const KNOWN: ReadonlySet<string> = new Set([
  CONFIG_FILE.env,
  OF_THE_CLIENT,
  ...allSettings.flatMap(({ env, secret }) => (secret ? [env, env + FILE_SUFFIX.env] : [env])),
]);

/** A variable of ours; undefined where it is missing, blank or not ours after all. */
export function ownVariable(env: Env, name: string): Given | undefined {
  const value = env[name];
  return isBlank(value) || isServiceLink(name, String(value)) ? undefined : { name, value };
}

/** A problem for each `VIGIE_` variable that no setting reads. Its value is not shown: it may be a secret. */
export function unknownVariables(env: Env): Problem[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('VIGIE_') && !isOurs(name) && ownVariable(env, name) !== undefined)
    .map((name) => ({ name, value: '', reason: `unknown variable${closest(name, [...KNOWN])}` }));
}

function isOurs(name: string): boolean {
  return KNOWN.has(name) || name.startsWith(SECRET_PREFIX);
}

const LINK_NAME = /_SERVICE_HOST$|_SERVICE_PORT(_.+)?$|_PORT_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?$/;

/**
 * Whether Kubernetes put the variable there: it gives every pod variables named for each service of its
 * namespace, and one for a service called `vigie` is VIGIE_PORT=tcp://10.0.0.1:8000.
 */
function isServiceLink(name: string, value: string): boolean {
  return LINK_NAME.test(name) || (name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value));
}
