import type { Given } from './given.ts';
import type { GivenText, HealthchecksEnv } from './healthchecks-env.ts';
import { authorityOf, type ServerNames } from './healthchecks-server.ts';

/** The names that {@link databaseFromHealthchecks} reads. */
export const DATABASE_NAMES = ['DB', 'DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_USER', 'DB_PASSWORD', 'DB_SSLMODE'];

const SERVER: ServerNames = {
  port: 'DB_PORT',
  user: 'DB_USER',
  password: 'DB_PASSWORD',
  defaultPort: 5432,
  defaultUser: 'postgres',
};

/** libpq's modes that the driver can keep; the opportunistic ones have no counterpart there. */
const SSL_MODES = ['disable', 'require', 'verify-full'];
const OPPORTUNISTIC_SSL_MODES = ['prefer', 'allow'];

/**
 * DB and DB_* as a PostgreSQL URL; undefined where they name no PostgreSQL. Plain DB_HOST counts only with
 * DB=postgres, since other programs use it too; HEALTHCHECKS_DB_HOST is clear without.
 */
export function databaseFromHealthchecks(env: HealthchecksEnv): Given | undefined {
  const engine = env.get('DB');
  const host = env.get('DB_HOST');
  if (!wantsPostgres(env, engine, host)) return undefined;
  if (host === undefined) {
    if (engine !== undefined) env.refuse(engine, 'needs DB_HOST');
    return undefined;
  }
  const authority = authorityOf(env, host, SERVER);
  const mode = sslMode(env);
  if (authority === undefined || mode === undefined) return undefined;
  const name = encodeURIComponent(env.get('DB_NAME')?.value ?? 'hc');
  return { name: host.name, value: `postgres://${authority}/${name}${mode}` };
}

function wantsPostgres(
  env: HealthchecksEnv,
  engine: GivenText | undefined,
  host: GivenText | undefined,
): boolean {
  if (engine === undefined) return host?.name === 'HEALTHCHECKS_DB_HOST';
  const name = engine.value.trim().toLowerCase();
  if (name === 'postgres' || name === 'postgresql') return true;
  if (name === 'sqlite') {
    const file = env.get('DB_NAME');
    if (file !== undefined)
      env.warn(`${file.name} is ignored: Vigie does not open a Healthchecks SQLite file`);
    return false;
  }
  env.refuse(
    engine,
    name === 'mysql' ? 'MySQL is not supported, use postgres or sqlite' : 'must be postgres or sqlite',
  );
  return false;
}

/** The query that sets the mode; undefined after recording a wrong one. */
function sslMode(env: HealthchecksEnv): string | undefined {
  const given = env.get('DB_SSLMODE');
  const mode = given?.value.trim().toLowerCase();
  if (given === undefined || mode === undefined || OPPORTUNISTIC_SSL_MODES.includes(mode)) return '';
  // Without uselibpqcompat the driver reads `require` as `verify-full`.
  if (SSL_MODES.includes(mode)) return `?uselibpqcompat=true&sslmode=${mode}`;
  env.refuse(given, `must be one of ${[...SSL_MODES, ...OPPORTUNISTIC_SSL_MODES].join(', ')}`);
  return undefined;
}
