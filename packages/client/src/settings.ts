/** What a client is told by its environment. Names and defaults are those of Healthchecks' Python clients. */

/** Variables by name, as `process.env` holds them. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface Settings {
  /** false = nothing is sent, ever. */
  enabled: boolean;
  /** Where pings go, without the last slash: `http://localhost:8000/ping`. */
  pingUrl: string;
  /** Where the management API is, without the last slash: `http://localhost:8000/api/v1`. */
  apiUrl: string;
  /** May change checks; null = checks cannot be found by name, nor made. */
  apiKey: string | null;
  /** May look at checks. */
  readKey: string | null;
  /** Lets pings go by slug where there is no API key. */
  pingKey: string | null;
  /** Seconds that one try may take. */
  checkTimeout: number;
  /** Tries in a row after which the server counts as away; the buffer goes on trying, ever more slowly. */
  retryCount: number;
  /** Seconds before the second try; doubled for each further one. */
  retryDelay: number;
  /** The grace time of a new check is its period times this, where no grace time is given. */
  graceMultiplier: number;
  /** A ping to a check that does not exist makes it. */
  autoProvision: boolean;
}

/** A variable or an option that cannot be; the message names it. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

const DEFAULT_HOST = 'http://healthchecks:8000';
/** What example files hold in place of a key. */
const PLACEHOLDERS = new Set(['your-project-api-key-here', 'your-readonly-api-key-here']);
const YES = /^(true|1|yes|on)$/i;
const NO = /^(false|0|no|off|)$/i;

/** The variables of this process; none in a browser. */
export function environment(): Variables {
  return typeof process === 'undefined' ? {} : (process.env ?? {});
}

/**
 * Reads `HEALTHCHECKS_*`; where they are silent, `VIGIE_URL`, `VIGIE_API_KEY`, `VIGIE_READ_KEY` and
 * `VIGIE_PING_KEY`. What belongs to the server (database, mail, channels) is not looked at.
 * @throws SettingsError for a value that cannot be.
 */
export function settingsFrom(variables: Variables): Settings {
  const get = (name: string) => textOf(variables[`HEALTHCHECKS_${name}`]);
  const vigie = (name: string) => textOf(variables[`VIGIE_${name}`]);
  const at = (name: string) => given(name, get(name));
  const host =
    at('HOST') ?? given('URL', vigie('URL')) ?? hostOf(at('API_URL'), at('PING_URL')) ?? DEFAULT_HOST;
  return {
    enabled: truth('ENABLED', get('ENABLED'), false),
    pingUrl: at('PING_URL') ?? `${host}/ping`,
    apiUrl: at('API_URL') ?? `${host}/api/v1`,
    apiKey: get('API_KEY') ?? vigie('API_KEY'),
    readKey: get('READ_KEY') ?? vigie('READ_KEY'),
    pingKey: get('PING_KEY') ?? vigie('PING_KEY'),
    checkTimeout: number('CHECK_TIMEOUT', get('CHECK_TIMEOUT'), 30, 0.001, 3600),
    retryCount: number('RETRY_COUNT', get('RETRY_COUNT'), 3, 1, 1000),
    retryDelay: number('RETRY_DELAY', get('RETRY_DELAY'), 10, 0.001, 3600),
    graceMultiplier: number('GRACE_MULTIPLIER', get('GRACE_MULTIPLIER'), 2, 0.001, 1000),
    autoProvision: truth('AUTO_PROVISION', get('AUTO_PROVISION'), true),
  };
}

/** The server that one of the two addresses names, where nothing names it plainly. */
function hostOf(apiUrl: string | null, pingUrl: string | null): string | null {
  if (apiUrl !== null) return serverOf(apiUrl);
  return pingUrl?.replace(/\/ping$/, '') ?? null;
}

/** The server whose management API is at this address. */
export function serverOf(apiUrl: string): string {
  return apiUrl.replace(/\/api(\/v\d)?$/, '');
}

function given(name: string, value: string | null): string | null {
  const prefix = name === 'URL' ? 'VIGIE' : 'HEALTHCHECKS';
  return value === null ? null : address(`${prefix}_${name}`, value);
}

/** Without blanks, and without a comment: `docker run --env-file` leaves those in the value. */
function textOf(value: string | undefined): string | null {
  const text = value?.replace(/\s+#.*$/, '').trim() ?? '';
  return text === '' || PLACEHOLDERS.has(text) ? null : text;
}

/** @throws SettingsError unless it is an address of http or https. */
export function address(name: string, value: string): string {
  if (!/^https?:\/\/[^/]/.test(value) || !isUrl(value)) {
    throw new SettingsError(`${name}=${value} is no address that begins with http:// or https://`);
  }
  return value.replace(/\/+$/, '');
}

function isUrl(value: string): boolean {
  try {
    new URL(value);
    return true;
  } catch {
    return false;
  }
}

function truth(name: string, value: string | null, otherwise: boolean): boolean {
  if (value === null) return otherwise;
  if (YES.test(value)) return true;
  if (NO.test(value)) return false;
  throw new SettingsError(`HEALTHCHECKS_${name}=${value} is neither true nor false`);
}

function number(name: string, value: string | null, otherwise: number, least: number, most: number): number {
  if (value === null) return otherwise;
  const found = Number(value);
  if (found >= least && found <= most) return found;
  throw new SettingsError(`HEALTHCHECKS_${name}=${value} is no number from ${least} to ${most}`);
}
