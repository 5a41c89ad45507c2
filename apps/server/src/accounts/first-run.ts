import type { Context } from '../context.ts';
import type { Bootstrapped } from './bootstrap.ts';
import { generateKey, generatePingKey, storedKey } from './keys.ts';
import { hashPassword } from './passwords.ts';
import { hashToken, newToken } from './secret-token.ts';
import { hasAdmin } from './users.ts';

/** What a start made, to be told once to whoever started the server. */
export interface FirstRun {
  project: { code: string; name: string };
  /** Keys that were generated now; they are kept as hashes and never shown again (but the ping key). */
  generated: { write?: string; read?: string; ping?: string };
  /**
   * The one-time link that makes the instance admin, valid for 24 h; null when there is one. It is put together
   * when it is read: the port may be chosen only once the server listens.
   */
  readonly setUpUrl: string | null;
}

type FirstRunContext = Pick<Context, 'config' | 'store' | 'writer' | 'secretKey'>;

/**
 * Brings an empty database to its first project, keys and admin, or takes over what the configuration gives
 * anew. To be called at each start, before requests are served.
 * @throws AppError `conflict` when a given key belongs to another project.
 */
export async function firstRun(context: FirstRunContext): Promise<FirstRun> {
  const { config, store, writer, secretKey } = context;
  const { project, admin, timeZone, initialChannels } = config();
  const stored = (key: string | null) => (key === null ? null : storedKey(secretKey, key));
  const fresh = { write: generateKey('write'), read: generateKey('read'), ping: generatePingKey() };
  const token = newToken();
  const done = await writer.run('accounts.bootstrap', {
    project: project.name,
    given: { write: stored(project.apiKey), read: stored(project.readKey), ping: project.pingKey },
    fresh: {
      write: storedKey(secretKey, fresh.write),
      read: storedKey(secretKey, fresh.read),
      ping: fresh.ping,
    },
    admin: (await hasAdmin(store.db)) ? null : await hashedAdmin(admin),
    timeZone,
    channels: initialChannels,
    setUpHash: hashToken(token),
  });
  return {
    project: done.project,
    generated: pick(fresh, done.generated),
    get setUpUrl() {
      return done.setUp ? `${config().baseUrl}/setup?token=${token}` : null;
    },
  };
}

async function hashedAdmin(admin: { email: string | null; password: string | null }) {
  const { email, password } = admin;
  if (email === null || password === null) return null;
  return { email: email.toLowerCase(), password: await hashPassword(password) };
}

function pick(
  fresh: Required<FirstRun['generated']>,
  names: Bootstrapped['generated'],
): FirstRun['generated'] {
  return Object.fromEntries(names.map((name) => [name, fresh[name]]));
}

/** The lines to print after a start; none when there is nothing to tell. */
export function firstRunLines(run: FirstRun, pingEndpoint: string): string[] {
  const { generated, setUpUrl, project } = run;
  const lines: string[] = [];
  const labels = { write: 'API key (read-write)', read: 'API key (read-only)', ping: 'Ping key' } as const;
  for (const kind of ['write', 'read', 'ping'] as const) {
    const key = generated[kind];
    if (key !== undefined) lines.push(`${labels[kind]}: ${key}`);
  }
  if (lines.length > 0) {
    lines.unshift(`Made the project "${project.name}". Its keys are shown this once:`);
    if (generated.ping !== undefined) {
      lines.push(`A first ping: curl -fsS '${pingEndpoint}${generated.ping}/my-first-check?create=1'`);
    }
  }
  if (setUpUrl !== null) lines.push(`Make the admin's account within 24 hours: ${setUpUrl}`);
  return lines;
}
