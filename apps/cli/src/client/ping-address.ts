/** Which check a ping is for, as people name it. */
import type { CheckPage } from '@vigie/contract';
import { UsageError } from '../command.ts';
import { ClientError, createClient } from './client.ts';
import type { Connection } from './connection.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SLUG = /^[a-z0-9_-]{1,100}$/;

/** Whether it is a check's UUID, in any case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A check as named: by UUID, slug, or its whole ping URL. @throws UsageError for anything else. */
export function requireCheckName(name: string): string {
  if (isUuid(name)) return name.toLowerCase();
  if (SLUG.test(name) || /^https?:\/\//.test(name)) return name;
  throw new UsageError(`not a check: ${name}; it takes a UUID, a slug (a-z, 0-9, _ and -) or a ping URL`);
}

/**
 * Where pings of a check go. A slug needs the project's ping key, or an API key to look it up; `create` makes a
 * check that does not exist, with the ping key.
 * @throws UsageError where neither key is given; ClientError where the slug names no check, or several.
 */
export async function pingAddress(name: string, connection: Connection, create: boolean): Promise<string> {
  const { pings, pingKey, key } = connection;
  if (/^https?:\/\//.test(name)) return urlAddress(name);
  if (isUuid(name)) return `${pings}/${name}`;
  if (pingKey !== null) return `${pings}/${pingKey}/${name}${create ? '?create=1' : ''}`;
  if (create) throw new UsageError('--create needs the ping key: --ping-key or VIGIE_PING_KEY');
  if (key === null) {
    throw new UsageError(
      `${name} is a slug: it needs the ping key (--ping-key or VIGIE_PING_KEY) or an API key (--key or VIGIE_API_KEY)`,
    );
  }
  return `${pings}/${await idOfSlug(name, connection)}`;
}

function urlAddress(text: string): string {
  if (!URL.canParse(text)) throw new UsageError(`not a URL: ${text}`);
  return text.replace(/\/+$/, '');
}

async function idOfSlug(slug: string, connection: Connection): Promise<string> {
  const query = new URLSearchParams({ slug, limit: '2' });
  const { items } = await createClient(connection).call<CheckPage>('GET', `/checks?${query}`);
  const [check, second] = items;
  if (check === undefined) throw new ClientError(`no check has the slug ${slug}`);
  if (second !== undefined)
    throw new ClientError(`several checks have the slug ${slug}: name one by its UUID`);
  if (!isUuid(check.id))
    throw new ClientError('a read-only key does not tell where to ping: it needs another one');
  return check.id;
}
