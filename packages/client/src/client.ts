/** A client: pings, checks, and what runs in the background for them. */
import { type Checks, checksOf } from './checks.ts';
import { Courier } from './courier.ts';
import { Finder } from './finder.ts';
import { type Answer, reasonOf } from './http.ts';
import { consoleLog, type Log, safeLog } from './log.ts';
import { Registry } from './metrics/registry.ts';
import { askMonitoring } from './monitoring/ask.ts';
import { Outbox } from './outbox.ts';
import { Patience } from './patience.ts';
import { type CheckDefinition, Provisioner, type UuidFile } from './provision.ts';
import { type Kind, type Outcome, type Target, titleOf } from './report.ts';
import { ServerKind } from './server-kind.ts';
import {
  address,
  environment,
  type Settings,
  SettingsError,
  settingsFrom,
  type Variables,
} from './settings.ts';
import { isUuid } from './uuid.ts';

export interface ClientOptions extends Partial<Settings> {
  /** Of the server, for `pingUrl` and `apiUrl` where they are not given: `http://localhost:8000`. */
  url?: string;
  /** In place of the process's environment. */
  variables?: Variables;
  /** What is known of checks that may have to be made: `saasChecks`, for instance. */
  definitions?: readonly CheckDefinition[];
  /** Where UUIDs are kept: `envFile('.env.healthchecks')` of `@vigie/client/env-file`. */
  envFile?: UuidFile;
  /** Reports that are kept while the server is away; 1000 by default. */
  bufferLimit?: number;
  /** In place of the console's warnings. */
  log?: Log;
}

export interface PingOptions {
  /** Kept with the ping; the first 10,000 bytes by most servers. */
  body?: string;
  /** A UUID that a start and its end have in common, so that runs side by side are told apart. */
  rid?: string;
}

/** UUID or name of a check. Nothing = there is none: it is said in the log, and nothing is sent. */
export type CheckName = string | Target | null | undefined;

/** The settings without the keys, which are nobody's to print. */
export type ShownSettings = Readonly<
  Omit<Settings, 'apiKey' | 'readKey' | 'pingKey'> & { hasApiKey: boolean }
>;

/**
 * Reports never reject, and make the caller wait 2 s at most: what takes longer goes on behind it, and is
 * `pending`. The checks' calls do reject, with the server's words.
 */
export interface Client {
  readonly settings: ShownSettings;
  readonly checks: Checks;
  /** What monitors count and measure. */
  readonly metrics: Registry;
  ping(check: CheckName, kind?: Kind, options?: PingOptions): Promise<Outcome>;
  start(check: CheckName, options?: PingOptions): Promise<Outcome>;
  success(check: CheckName, options?: PingOptions): Promise<Outcome>;
  fail(check: CheckName, options?: PingOptions): Promise<Outcome>;
  /** Says something, and changes nothing. */
  log(check: CheckName, text: string, options?: PingOptions): Promise<Outcome>;
  /** 0 is a success, 1 to 255 a failure. */
  exitStatus(check: CheckName, status: number, options?: PingOptions): Promise<Outcome>;
  /** As `ping`, but waits until it is settled, however long that takes. Never rejects. */
  report(check: CheckName, kind: Kind, options?: PingOptions): Promise<Outcome>;
  /**
   * Asks Vigie's monitoring API; `path` follows its `/api/monitoring`. The answer as it is, whatever its status.
   * @throws Unreachable, also where monitoring is off.
   */
  askMonitoring(method: 'GET' | 'POST', path: string): Promise<Answer>;
  warn(message: string): void;
  /** Reports that are not delivered yet. */
  readonly pending: number;
  /** Reports for which there was no room. */
  readonly dropped: number;
  /**
   * Tries to deliver what is pending, for so many milliseconds: a process that is about to end calls it.
   * @returns whether nothing is left.
   */
  flush(within?: number): Promise<boolean>;
}

/** Reports that are kept unless told otherwise. */
const BUFFER_LIMIT = 1000;
/** Bytes of a body; Healthchecks and Vigie keep no more unless told to. */
const BODY_LIMIT = 10_000;
/** Milliseconds. */
const FLUSH_WITHIN = 2000;

/**
 * A client with the settings of the environment, and those given here instead.
 * @throws SettingsError for settings that cannot be.
 */
export function createClient(options: ClientOptions = {}): Client {
  const variables = options.variables ?? environment();
  const settings = settingsOf(options, variables);
  const log = safeLog(options.log ?? consoleLog);
  const checks = checksOf(settings);
  const server = new ServerKind(settings);
  const { definitions = [], envFile: file = null } = options;
  const provisioner = new Provisioner({
    checks,
    server: () => server.get(),
    settings,
    definitions,
    file,
    variables,
    log,
  });
  const courier = new Courier({ settings, server, finder: new Finder(checks, settings, log), provisioner });
  const outbox = new Outbox({
    deliver: (report, late) => courier.deliver(report, late),
    keepsTimes: async () => (await server.get()).keepsTimes,
    log,
    limit: positive('bufferLimit', options.bufferLimit ?? BUFFER_LIMIT),
    retryCount: settings.retryCount,
    retryDelay: settings.retryDelay * 1000,
  });

  async function report(check: CheckName, kind: Kind, given: PingOptions = {}): Promise<Outcome> {
    if (!settings.enabled) return 'off';
    try {
      return await send(check, kind, given);
    } catch (error) {
      // What a caller without types may hand in.
      log.warn(`nothing is sent: ${reasonOf(error)}`);
      return 'refused';
    }
  }

  async function send(check: CheckName, kind: Kind, { body = '', rid }: PingOptions): Promise<Outcome> {
    const target = targetOf(check);
    const problem = target === null ? 'a report names no check' : problemWith(target, kind, rid);
    if (target === null || problem !== null) {
      log.warn(`nothing is sent: ${problem}`);
      return 'refused';
    }
    return outbox.send({ target, kind, rid: rid ?? null, body: beginningOf(body), at: performance.now() });
  }
  const ping: Client['ping'] = (check, kind = 'success', given = {}) =>
    new Patience().wait(report(check, kind, given), 'pending');

  const { apiKey, readKey: _read, pingKey: _ping, ...shown } = settings;
  return {
    settings: { ...shown, hasApiKey: apiKey !== null },
    checks,
    metrics: new Registry(),
    ping,
    start: (check, given) => ping(check, 'start', given),
    success: (check, given) => ping(check, 'success', given),
    fail: (check, given) => ping(check, 'fail', given),
    log: (check, body, given) => ping(check, 'log', { ...given, body }),
    exitStatus: (check, status, given) => ping(check, status, given),
    report,
    askMonitoring: (method, path) => askMonitoring(settings, method, path),
    warn: (message) => log.warn(message),
    get pending() {
      return outbox.size;
    },
    get dropped() {
      return outbox.dropped;
    },
    async flush(within = FLUSH_WITHIN) {
      await new Patience(within).wait(outbox.flushed(), undefined);
      return outbox.size === 0;
    },
  };
}

function settingsOf(options: ClientOptions, variables: Variables): Settings {
  const found = settingsFrom(variables);
  const { url } = options;
  const host = url === undefined ? null : address('url', url);
  const settings: Settings = {
    ...found,
    // Who names a server in code wants to talk to it, unless the environment says no.
    enabled: found.enabled || (host !== null && variables['HEALTHCHECKS_ENABLED'] === undefined),
    ...(host === null ? {} : { pingUrl: `${host}/ping`, apiUrl: `${host}/api/v1` }),
  };
  for (const name of Object.keys(found) as (keyof Settings)[]) take(settings, options, name);
  settings.pingUrl = address('pingUrl', settings.pingUrl);
  settings.apiUrl = address('apiUrl', settings.apiUrl);
  for (const name of ['checkTimeout', 'retryCount', 'retryDelay', 'graceMultiplier'] as const) {
    positive(name, settings[name]);
  }
  return settings;
}

function take<Name extends keyof Settings>(settings: Settings, options: Partial<Settings>, name: Name): void {
  const given = options[name];
  if (given !== undefined) settings[name] = given;
}

function positive(name: string, value: number): number {
  if (value > 0 && Number.isFinite(value)) return value;
  throw new SettingsError(`${name} is ${value}: it must be above 0`);
}

function targetOf(check: CheckName): Target | null {
  if (typeof check !== 'string') return check ?? null;
  const text = check.trim();
  if (text === '') return null;
  const id = text.toLowerCase();
  return isUuid(id) ? { id } : { name: text };
}

function problemWith(target: Target, kind: Kind, rid: string | undefined): string | null {
  const title = titleOf(target);
  if ('id' in target && !isUuid(target.id)) return `${title} has no UUID`;
  if (rid !== undefined && !isUuid(rid.toLowerCase())) return `the run id for ${title} is no UUID`;
  if (typeof kind !== 'number' || (Number.isInteger(kind) && kind >= 0 && kind <= 255)) return null;
  return `${kind} is no exit status of ${title}: 0 to 255`;
}

/** As many bytes as servers keep, in whole characters. */
function beginningOf(body: string): string {
  const bytes = new TextEncoder().encode(body.slice(0, BODY_LIMIT));
  if (bytes.length <= BODY_LIMIT) return body.slice(0, BODY_LIMIT);
  return new TextDecoder().decode(bytes.subarray(0, BODY_LIMIT)).replace(/\uFFFD+$/, '');
}
