/** From a document to what it declares, or all that is wrong with it. */
import type { ConfigChannel, ConfigCheck, ConfigService } from '@vigie/contract';
import { type CheckFields, DEFAULT_FIELDS } from '../checks/create.ts';
import { knownSchedule, knownZone } from '../checks/known-schedule.ts';
import { policiesText } from '../checks/policies.ts';
import { closest } from '../config/closest.ts';
import { AppError } from '../errors.ts';
import { type Fault, inputFaults } from '../input-fault.ts';
import { parseSettings, type Settable } from '../kind-settings.ts';
import { findKind } from '../notify/channel-kinds.ts';
import { CHANNEL_KINDS } from '../notify/channels/index.ts';
import type { ProbeFields } from '../probes/manage.ts';
import { allProbeKinds, findProbeKind, LOCAL_REFUSAL } from '../probes/probe-kinds.ts';
import { paceOf, withTier } from '../probes/tiers.ts';
import { type Entries, readEntries } from './entries.ts';
import { type Declared, type DeclaredChannel, type DeclaredCheck, isId } from './model.ts';
import { inOrder } from './order.ts';
import type { Entry } from './raw-entries.ts';
import { tenantSourceOf } from './tenants.ts';

/** What of the server and the project a document is read by. */
export interface DocumentRules {
  /** Of the project, the usual one first; null = not known here. */
  environments: readonly string[] | null;
  /** Of schedules that name none. */
  timeZone: string;
  /** Who the tenants are, where the document reads them from somewhere; null = nobody has looked. */
  tenants: readonly string[] | null;
  /** Whether services may look at the server's own machine. */
  mayBeLocal: boolean;
}

/** Reads a document. With faults, what it declares is not complete. */
export function declare(document: unknown, rules: DocumentRules): { declared: Declared; faults: Fault[] } {
  const faults: Fault[] = [];
  const entries = readEntries(document, rules.tenants, faults);
  requireLocalAllowed(tenantSourceOf(document)?.kind, rules, ['tenants', 'from'], faults);
  const channels = enabled(entries.channels).flatMap((entry) => channelOf(entry, faults));
  const checks = [
    ...enabled(entries.services).flatMap((entry) => serviceOf(entry, rules, faults)),
    ...enabled(entries.checks).map((entry) => checkOf(entry, rules, faults)),
  ];
  requireKnownLinks(entries, faults);
  requireOwnIds([...entries.channels, ...entries.services, ...entries.checks], faults);
  const ordered = inOrder(withoutDisabled(checks, entries), entries, faults);
  return { declared: { channels, checks: ordered }, faults: distinct(faults) };
}

/** Those that are not there although they are written down. */
function enabled<T extends { enabled?: boolean | undefined }>(entries: readonly Entry<T>[]): Entry<T>[] {
  return entries.filter(({ body }) => body.enabled !== false);
}

/** Checks whose links lead to nothing that is not there. */
function withoutDisabled(checks: readonly DeclaredCheck[], entries: Entries): DeclaredCheck[] {
  const offOf = (all: readonly Entry<{ enabled?: boolean | undefined }>[]) =>
    new Set(all.filter(({ body }) => body.enabled === false).map(({ key }) => key));
  const channelsOff = offOf(entries.channels);
  const checksOff = offOf([...entries.services, ...entries.checks]);
  return checks.map((check) => ({
    ...check,
    channels: check.channels.filter((key) => !channelsOff.has(key)),
    dependsOn: check.dependsOn.filter((key) => !checksOff.has(key)),
  }));
}

/** The same fault of a template comes once, not for each tenant. */
function distinct(faults: readonly Fault[]): Fault[] {
  return [
    ...new Map(
      faults.map((fault) => [JSON.stringify([fault.path.map(String), fault.reason]), fault]),
    ).values(),
  ];
}

function channelOf({ key, body, path }: Entry<ConfigChannel>, faults: Fault[]): DeclaredChannel[] {
  const kind = findKind(body.kind);
  if (kind === undefined) return unknownKind(body.kind, CHANNEL_KINDS, path, faults);
  const settings = settingsOf(kind, body.settings ?? {}, path, faults);
  const { uuid = null, name = key, budget = null } = body;
  return settings === null
    ? []
    : [{ key, path: path.map(String), uuid, kind: kind.kind, name, settings, budget }];
}

function unknownKind(
  name: string,
  known: readonly { kind: string }[],
  path: PropertyKey[],
  faults: Fault[],
): never[] {
  const words = known.map(({ kind }) => kind);
  const reason = `is not known${closest(name, words) || `; there are ${words.join(', ')}`}`;
  faults.push({ path: [...path, 'kind'], reason });
  return [];
}

function requireLocalAllowed(
  name: string | undefined,
  { mayBeLocal }: DocumentRules,
  path: PropertyKey[],
  faults: Fault[],
): void {
  if (mayBeLocal || name === undefined || findProbeKind(name)?.isLocal !== true) return;
  faults.push({ path: [...path, 'kind'], reason: LOCAL_REFUSAL });
}

function settingsOf(kind: Settable, given: object, path: PropertyKey[], faults: Fault[]): string | null {
  const result = parseSettings(kind, given);
  if (result.success) return JSON.stringify(result.data);
  for (const fault of inputFaults(result.error)) {
    const names = Object.keys(kind.settings.shape);
    const hint = fault.reason === 'is not known' ? closest(String(fault.path.at(-1)), names) : '';
    faults.push({ path: [...path, 'settings', ...fault.path], reason: fault.reason + hint });
  }
  return null;
}

function serviceOf(entry: Entry<ConfigService>, rules: DocumentRules, faults: Fault[]): DeclaredCheck[] {
  const { key, body, path } = entry;
  const kind = findProbeKind(body.kind);
  if (kind === undefined) return unknownKind(body.kind, allProbeKinds(), path, faults);
  requireLocalAllowed(body.kind, rules, path, faults);
  const { kind: _k, settings: given = {}, interval, timeout, failures, thresholds, tier, ...rest } = body;
  const pace = paceOf({ ...present({ interval, timeout, grace: rest.grace }) }, kind, tier ?? null);
  if (timeout !== undefined && timeout > pace.interval) {
    const reason = `is longer than the interval of ${pace.interval} s: runs would overlap`;
    faults.push({ path: [...path, 'timeout'], reason });
  }
  const settings = settingsOf(kind, given, path, faults);
  if (settings === null) return [];
  const tags = tier === undefined ? rest.tags : withTier(rest.tags ?? [], tier);
  const asCheck = {
    ...rest,
    ...present({ tags }),
    grace: pace.grace,
    timeout: Math.max(5, Math.ceil(pace.interval)),
  };
  const probe: ProbeFields = {
    kind: kind.kind,
    settings,
    interval: pace.interval * 1000,
    timeout: pace.timeout * 1000,
    thresholds: thresholds === undefined || thresholds === null ? '' : JSON.stringify(thresholds),
    failures: failures ?? 1,
  };
  return [{ ...checkOf({ key, path, body: asCheck }, rules, faults), noun: 'service', probe }];
}

/** Without what is undefined. */
function present<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof present<T>
  >;
}

function checkOf(entry: Entry<ConfigCheck>, rules: DocumentRules, faults: Fault[]): DeclaredCheck {
  const { key, body, path } = entry;
  const { enabled: _e, uuid = null, channels = [], depends_on: dependsOn = [], ...rest } = body;
  const { timeout: _t, schedule: _s, time_zone: _z, policies, tags, environment, ...plain } = rest;
  const flags = Object.entries(plain).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? Number(value) : value,
  ]);
  const fields: CheckFields = {
    ...DEFAULT_FIELDS,
    name: key,
    ...(Object.fromEntries(flags) as Partial<CheckFields>),
    ...scheduleOf(body, rules.timeZone, path, faults),
    environment: environmentOf(environment, rules, path, faults),
    policies: policiesText(policies ?? {}),
    tags: [...new Set(tags)].join(' '),
  };
  return { noun: 'check', key, path: path.map(String), uuid, fields, channels, dependsOn, probe: null };
}

function scheduleOf(
  { timeout, schedule, time_zone }: ConfigCheck,
  timeZone: string,
  path: PropertyKey[],
  faults: Fault[],
): Partial<CheckFields> {
  if (schedule === undefined) return timeout === undefined ? {} : { kind: 'simple', timeout };
  if (timeout !== undefined) {
    faults.push({ path: [...path, 'schedule'], reason: 'cannot be given beside timeout' });
    return {};
  }
  try {
    const zone = time_zone === undefined ? timeZone : knownZone(time_zone);
    return { kind: knownSchedule(schedule, zone).kind, schedule, time_zone: zone };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const field = error.field ?? 'schedule';
    const reason = error.message.startsWith(`${field} `)
      ? error.message.slice(field.length + 1)
      : error.message;
    faults.push({ path: [...path, field], reason });
    return {};
  }
}

function environmentOf(
  given: string | undefined,
  { environments }: DocumentRules,
  path: PropertyKey[],
  faults: Fault[],
): string {
  if (given === undefined) return environments?.[0] ?? '';
  if (environments !== null && !environments.includes(given)) {
    const reason = `is none of the project's: ${environments.join(', ')}`;
    faults.push({ path: [...path, 'environment'], reason });
  }
  return given;
}

function requireKnownLinks({ keys, services, checks }: Entries, faults: Fault[]): void {
  for (const { body, path } of [...services, ...checks]) {
    requireKnown(body.channels, keys.channels, [...path, 'channels'], 'no channel of this file', faults);
    requireKnown(
      body.depends_on,
      keys.checks,
      [...path, 'depends_on'],
      'no service or check of this file',
      faults,
    );
  }
}

function requireKnown(
  references: readonly string[] | undefined,
  known: ReadonlySet<string>,
  path: PropertyKey[],
  none: string,
  faults: Fault[],
): void {
  for (const [index, reference] of (references ?? []).entries()) {
    if (known.has(reference) || isId(reference)) continue;
    const reason = `${JSON.stringify(reference)} is ${none}${closest(reference, known)}`;
    faults.push({ path: [...path, index], reason });
  }
}

function requireOwnIds(entries: readonly Entry<{ uuid?: string | undefined }>[], faults: Fault[]): void {
  const seen = new Set<string>();
  for (const { body, path } of entries) {
    if (body.uuid === undefined) continue;
    if (seen.has(body.uuid)) faults.push({ path: [...path, 'uuid'], reason: 'is that of another entry' });
    seen.add(body.uuid);
  }
}
