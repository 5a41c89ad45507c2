/** Empty databases for suites that run on both engines. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type Store } from '../../src/store/open.ts';
import type { Postgres } from './postgres.ts';

/** A store over a database of its own, without tables, gone when it is closed. */
export interface FreshStore {
  store: Store;
  close(): Promise<void>;
}

export type OpenFresh = () => Promise<FreshStore>;

export async function freshSqlite(): Promise<FreshStore> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-store-'));
  const store = openStore(`sqlite:${join(folder, 'vigie.db')}`);
  return {
    store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Texts sorted as people do, which is what most servers are set to: not by the codes of their characters. */
const COLLATION = "template template0 locale 'C.UTF-8' locale_provider icu icu_locale 'en-US'";

/** Databases of that server, one for each call. */
export function freshPostgres({ url }: Pick<Postgres, 'url'>): OpenFresh {
  let databases = 0;
  return async () => {
    databases += 1;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`create database case_${databases} ${COLLATION}`);
    await client.end();
    const store = openStore(url.replace(/\/vigie$/, `/case_${databases}`));
    return { store, close: () => store.close() };
  };
}
