/** What of an entry is compared: its fields by name, each with its value and whether that may be shown. */
import { isDeepStrictEqual } from 'node:util';
import type { ConfigField } from '@vigie/contract';
import type { CheckFields } from '../checks/create.ts';
import { secretFields } from '../kind-settings.ts';
import { findKind } from '../notify/channel-kinds.ts';
import type { ProbeFields } from '../probes/manage.ts';
import { findProbeKind } from '../probes/probe-kinds.ts';
import type { ChannelRow, CheckRow } from '../store/schema.ts';

interface Value {
  value: unknown;
  secret: boolean;
}

/** Fields by name, in the order in which they are told. */
export type View = Map<string, Value>;

/** Fields of a check that are compared as they are. */
const PLAIN = [
  'name',
  'slug',
  'tags',
  'description',
  'environment',
  'grace',
  'manual_resume',
  'methods',
  'start_kw',
  'success_kw',
  'failure_kw',
  'filter_subject',
  'filter_body',
  'filter_http_body',
  'filter_default_fail',
] as const satisfies (keyof CheckFields)[];

/** The fields of a check, as declared or as stored. */
export type ComparedFields = Pick<CheckRow, keyof CheckFields>;

/** Names of links, as the document has them: keys of its own, ids of others. */
interface Links {
  channels: readonly string[];
  dependsOn: readonly string[];
}

/** The names of a check's own fields that count: a simple one has no schedule, another no timeout. */
export function comparedFields({ kind }: Pick<ComparedFields, 'kind'>): (keyof CheckFields)[] {
  const schedule =
    kind === 'simple' ? (['kind', 'timeout'] as const) : (['kind', 'schedule', 'time_zone'] as const);
  return [...PLAIN, ...schedule, 'policies'];
}

export function viewOfCheck(fields: ComparedFields, probe: ProbeFields | null, links: Links): View {
  const view: View = new Map();
  const show = (name: string, value: unknown) => view.set(name, { value, secret: false });
  for (const name of PLAIN) show(name, fields[name]);
  if (probe !== null) showProbe(view, probe);
  else if (fields.kind === 'simple') show('timeout', fields.timeout);
  else {
    show('schedule', fields.schedule);
    show('time_zone', fields.time_zone);
  }
  show('policies', fields.policies === '' ? {} : JSON.parse(fields.policies));
  show('channels', [...links.channels].sort());
  show('depends_on', [...links.dependsOn].sort());
  return view;
}

function showProbe(view: View, probe: ProbeFields): void {
  const kind = findProbeKind(probe.kind);
  const show = (name: string, value: unknown) => view.set(name, { value, secret: false });
  show('kind', probe.kind);
  showSettings(view, probe.settings, kind === undefined ? null : secretFields(kind.settings));
  show('interval', probe.interval / 1000);
  show('timeout', probe.timeout / 1000);
  show('failures', probe.failures);
  show('thresholds', probe.thresholds === '' ? null : JSON.parse(probe.thresholds));
}

export function viewOfChannel(channel: Pick<ChannelRow, 'kind' | 'name' | 'settings' | 'budget'>): View {
  const kind = findKind(channel.kind);
  const view: View = new Map();
  for (const name of ['kind', 'name', 'budget'] as const)
    view.set(name, { value: channel[name], secret: false });
  showSettings(view, channel.settings, kind === undefined ? null : secretFields(kind.settings));
  return view;
}

/** `secrets`: null = nobody can tell, so all may be. */
function showSettings(view: View, text: string, secrets: ReadonlySet<string> | null): void {
  for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
    view.set(`settings.${name}`, { value, secret: secrets?.has(name) ?? true });
  }
}

const NOTHING: Value = { value: null, secret: false };

/** What differs; a secret tells no more than that it does. */
export function differences(before: View, after: View): ConfigField[] {
  const names = new Set([...after.keys(), ...before.keys()]);
  return [...names].flatMap((field) => {
    const [old, own] = [before.get(field) ?? NOTHING, after.get(field) ?? NOTHING];
    if (isDeepStrictEqual(old.value, own.value)) return [];
    const secret = old.secret || own.secret;
    return [{ field, before: secret ? null : old.value, after: secret ? null : own.value, secret }];
  });
}

/** What a new entry has that is not empty. */
export function contents(view: View): ConfigField[] {
  return differences(new Map(), view).filter(({ after, secret }) => secret || !isEmpty(after));
}

function isEmpty(value: unknown): boolean {
  if (value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
