/** Where the server is and who asks: from flags, from the environment, and from what a Healthchecks client has there. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../command.ts';

export const DEFAULT_URL = 'http://localhost:8000';

export type Variables = Readonly<Record<string, string | undefined>>;

export interface Connection {
  /** Where the server is, without a trailing slash. */
  url: string;
  /** An API key; null where nobody gave one. */
  key: string | null;
  /** What stands before a check in the address of a ping, without a trailing slash. */
  pings: string;
  /** The project's ping key, for pings by slug; null where nobody gave one. */
  pingKey: string | null;
}

/** Flags that say where the server is. */
export interface ConnectionFlags {
  url?: string | undefined;
  key?: string | undefined;
  pingKey?: string | undefined;
}

/**
 * The flags win over the environment, that over `file` (an env file that a command works on); in each, Vigie's own
 * variables win over those of Healthchecks' clients.
 * @throws UsageError for an address that is none, or a key file that cannot be read.
 */
export function connectionFrom(flags: ConnectionFlags, env: Variables, file: Variables = {}): Connection {
  const chosen = flags.url ?? given(env, 'VIGIE_URL');
  const url =
    chosen ?? apiServer(env) ?? given(file, 'VIGIE_URL') ?? apiServer(file) ?? pingServer(env) ?? DEFAULT_URL;
  const base = address(url, '--url or VIGIE_URL');
  const ofClients = chosen === undefined ? pingAddress(env, file) : undefined;
  return {
    url: base,
    key: flags.key ?? keyOf(env) ?? keyOf(file) ?? null,
    pings: ofClients ?? `${base}/ping`,
    pingKey: flags.pingKey ?? pingKeyOf(env) ?? pingKeyOf(file) ?? null,
  };
}

function given(variables: Variables, name: string): string | undefined {
  const value = variables[name]?.trim();
  return value === '' ? undefined : value;
}

/** The server of `HEALTHCHECKS_API_URL=http://host/api/v1`. */
function apiServer(variables: Variables): string | undefined {
  return given(variables, 'HEALTHCHECKS_API_URL')?.replace(/\/api(\/v\d+)?\/?$/, '');
}

/** The server of `HEALTHCHECKS_PING_URL=http://host/ping`, where that is the usual path. */
function pingServer(variables: Variables): string | undefined {
  const pings = given(variables, 'HEALTHCHECKS_PING_URL');
  return pings !== undefined && /\/ping\/?$/.test(pings) ? pings.replace(/\/ping\/?$/, '') : undefined;
}

function pingAddress(env: Variables, file: Variables): string | undefined {
  const elsewhere = apiServer(env) === undefined ? given(file, 'HEALTHCHECKS_PING_URL') : undefined;
  const pings = given(env, 'HEALTHCHECKS_PING_URL') ?? elsewhere;
  return pings === undefined ? undefined : address(pings, 'HEALTHCHECKS_PING_URL');
}

function keyOf(variables: Variables): string | undefined {
  return secret(variables, 'VIGIE_API_KEY') ?? secret(variables, 'HEALTHCHECKS_API_KEY');
}

function pingKeyOf(variables: Variables): string | undefined {
  return secret(variables, 'VIGIE_PING_KEY') ?? secret(variables, 'HEALTHCHECKS_PING_KEY');
}

/** A secret, or the content of the file that the variable with `_FILE` names. */
function secret(variables: Variables, name: string): string | undefined {
  const file = given(variables, `${name}_FILE`);
  return given(variables, name) ?? (file === undefined ? undefined : contentOf(file, `${name}_FILE`));
}

function contentOf(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UsageError(`${name}: cannot read ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function address(text: string, name: string): string {
  const base = text.replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/.test(base) || !URL.canParse(base)) {
    throw new UsageError(`${name} must begin with http:// or https:// and name a server: ${text}`);
  }
  return base;
}
