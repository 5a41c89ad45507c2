/** What a project has, as a document that makes it again: applied to the same project, it changes nothing. */
import { isDeepStrictEqual } from 'node:util';
import type { ConfigChannel, ConfigCheck, ConfigExport, ConfigService } from '@vigie/contract';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { environmentsOf } from '../accounts/projects.ts';
import { DEFAULT_FIELDS } from '../checks/create.ts';
import type { PresentedCheck } from '../checks/manage.ts';
import { policiesOf } from '../checks/policies.ts';
import { allChecks } from '../checks/queries.ts';
import { tagsOf } from '../checks/search.ts';
import { type Settable, secretFields } from '../kind-settings.ts';
import { findKind } from '../notify/channel-kinds.ts';
import { findProbeKind } from '../probes/probe-kinds.ts';
import type { ChannelRow, Database, ProbeRow, ProjectRow } from '../store/schema.ts';
import { type StoredCheck, withProbes } from './stored.ts';

/** Keys by id, and the variables that stand for secrets. */
class Names {
  readonly variables: string[] = [];
  readonly #keys = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** Gives a thing a key that no other of its noun has. */
  claim(noun: string, code: string, name: string): void {
    const wanted = name.trim() === '' ? code : name.slice(0, 90).replaceAll('${', '$(');
    let key = wanted;
    for (let n = 2; this.#taken.has(`${noun} ${key}`); n++) key = `${wanted} (${n})`;
    this.#taken.add(`${noun} ${key}`);
    this.#keys.set(code, key);
  }

  of(code: string): string {
    return this.#keys.get(code) ?? code;
  }

  /** A variable for a secret: `POSTGRESQL_URL`. */
  variable(key: string, setting: string): string {
    const words = `${key}_${setting}`
      .normalize('NFD')
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_');
    const wanted = words.replaceAll(/^_+|_+$/g, '').replace(/^(?=\d)/, '_');
    let name = wanted;
    for (let n = 2; this.variables.includes(name); n++) name = `${wanted}_${n}`;
    this.variables.push(name);
    return `\${${name}}`;
  }
}

export async function exportProject(db: Kysely<Database>, project: ProjectRow): Promise<ConfigExport> {
  const rows = await db
    .selectFrom('channels')
    .selectAll()
    .where('project_id', '=', project.id)
    .orderBy('id')
    .execute();
  const stored: StoredCheck[] = [];
  for await (const page of allChecks(db, { projectId: project.id }))
    stored.push(...(await withProbes(db, page)));
  const names = new Names();
  for (const { code, name } of rows) names.claim('channel', code, name);
  for (const { check } of stored) names.claim('check', check.code, check.name || check.slug);
  const usual = environmentsOf(project)[0] ?? '';
  const channels = rows.map((row) => [names.of(row.code), channelEntry(row, names)]);
  const services = stored.flatMap(({ check, probe }) =>
    probe === null ? [] : [[names.of(check.code), serviceEntry(check, probe, usual, names)]],
  );
  const checks = stored.flatMap(({ check, probe }) =>
    probe === null ? [[names.of(check.code), checkEntry(check, usual, names)]] : [],
  );
  const document = {
    ...(services.length === 0 ? {} : { services: Object.fromEntries(services) }),
    ...(checks.length === 0 ? {} : { checks: Object.fromEntries(checks) }),
    ...(channels.length === 0 ? {} : { channels: Object.fromEntries(channels) }),
  };
  return { document, variables: names.variables };
}

function channelEntry(row: ChannelRow, names: Names): ConfigChannel {
  const key = names.of(row.code);
  const settings = settingsEntry(findKind(row.kind), row.settings, key, names);
  return {
    uuid: row.code,
    kind: row.kind,
    ...(row.name === key ? {} : { name: escaped(row.name) }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(row.budget === null ? {} : { budget: row.budget }),
  };
}

function serviceEntry(check: PresentedCheck, probe: ProbeRow, usual: string, names: Names): ConfigService {
  const { timeout: _t, schedule: _s, time_zone: _z, ...rest } = checkEntry(check, usual, names);
  const { uuid, ...others } = rest;
  const settings = settingsEntry(findProbeKind(probe.kind), probe.settings, names.of(check.code), names);
  return {
    ...(uuid === undefined ? {} : { uuid }),
    kind: probe.kind,
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    interval: probe.interval / 1000,
    timeout: probe.timeout / 1000,
    ...(probe.failures === 1 ? {} : { failures: probe.failures }),
    ...(probe.thresholds === ''
      ? {}
      : { thresholds: JSON.parse(probe.thresholds) as ConfigService['thresholds'] }),
    ...others,
  };
}

const TEXTS = ['slug', 'description', 'start_kw', 'success_kw', 'failure_kw', 'methods'] as const;
const FLAGS = [
  'manual_resume',
  'filter_subject',
  'filter_body',
  'filter_http_body',
  'filter_default_fail',
] as const;

function checkEntry(check: PresentedCheck, usual: string, names: Names): ConfigCheck {
  const key = names.of(check.code);
  const texts = TEXTS.filter((name) => check[name] !== DEFAULT_FIELDS[name]).map((name) => [
    name,
    escaped(check[name]),
  ]);
  const flags = FLAGS.filter((name) => check[name] === 1).map((name) => [name, true]);
  const tags = tagsOf(check);
  const policies = policiesOf(check);
  return {
    uuid: check.code,
    ...(check.name === key ? {} : { name: escaped(check.name) }),
    ...(check.kind === 'simple'
      ? { timeout: check.timeout }
      : { schedule: check.schedule, time_zone: check.time_zone }),
    grace: check.grace,
    ...(tags.length === 0 ? {} : { tags: tags.map(escaped) }),
    ...(check.environment === usual ? {} : { environment: check.environment }),
    ...Object.fromEntries([...texts, ...flags]),
    ...(Object.keys(policies).length === 0 ? {} : { policies }),
    ...(check.channels.length === 0 ? {} : { channels: check.channels.map((code) => names.of(code)) }),
    ...(check.dependsOn.length === 0
      ? {}
      : { depends_on: check.dependsOn.map(({ code }) => names.of(code)) }),
  };
}

/** Settings that are not as they are by default; those that nobody may see stand for themselves as variables. */
function settingsEntry(
  kind: Settable | undefined,
  stored: string,
  key: string,
  names: Names,
): Record<string, unknown> {
  const secrets = kind === undefined ? null : secretFields(kind.settings);
  const entries = Object.entries(JSON.parse(stored) as Record<string, unknown>)
    .filter(([name, value]) => !isUsual(kind?.settings.shape[name], value))
    .map(([name, value]) => {
      const isHidden = secrets === null || secrets.has(name);
      return [name, isHidden ? names.variable(key, name) : escapedDeep(value)];
    });
  return Object.fromEntries(entries);
}

function isUsual(field: unknown, value: unknown): boolean {
  if (!(field instanceof z.ZodType)) return false;
  const usual = field.safeParse(undefined);
  return usual.success && isDeepStrictEqual(usual.data, value);
}

/** A text as a file says it: `${` is the beginning of a variable there, but for the server's own secrets. */
function escaped<T extends string>(text: T): T {
  return text.replaceAll(/\$\{(?!secret:[A-Za-z0-9_]+\})/g, '$$$${') as T;
}

function escapedDeep(value: unknown): unknown {
  if (typeof value === 'string') return escaped(value);
  if (Array.isArray(value)) return value.map(escapedDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, escapedDeep(part)]));
}
