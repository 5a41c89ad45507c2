/** What it takes to make true what a document declares. Pure. */
import type { ConfigChange, ConfigField, ConfigPlan, ConfigProblem } from '@vigie/contract';
import type { ChannelRow, ConfigItemRow } from '../store/schema.ts';
import { contents, differences, type View, viewOfChannel, viewOfCheck } from './compare.ts';
import { type Declared, type DeclaredChannel, type DeclaredCheck, type ItemNoun, isId } from './model.ts';
import { itemKey, type Stored, type StoredCheck } from './stored.ts';

/** One entry of a document beside what there is of it. */
export interface Step<D, S> {
  declared: D;
  /** Its id; null = it gets one. */
  code: string | null;
  /** Null = it is to be made. */
  stored: S | null;
  /** What is to be changed, or what it is made with. */
  fields: ConfigField[];
  /** Another configuration owns it, and says the same. */
  isForeign: boolean;
  /** It was, or is, made by this configuration. */
  made: boolean;
}

/** What this configuration owned and names no more. */
export interface Leaving {
  noun: ItemNoun;
  key: string;
  code: string;
  /** False: it was there before, and stays. */
  made: boolean;
  /** Whether it is probed. */
  isService: boolean;
}

export interface Plan {
  channels: Step<DeclaredChannel, ChannelRow>[];
  checks: Step<DeclaredCheck, StoredCheck>[];
  leaving: Leaving[];
  problems: ConfigProblem[];
}

export function planOf(owner: string, declared: Declared, stored: Stored): Plan {
  const problems: ConfigProblem[] = [];
  const ownCodes = new Map(
    [...stored.items.values()]
      .filter((item) => item.owner === owner)
      .map((item) => [itemKey(item.noun, item.key), item.code]),
  );
  const codeOf = (noun: ItemNoun, entry: DeclaredChannel | DeclaredCheck): string | null => {
    if (entry.uuid !== null) return entry.uuid;
    const code = ownCodes.get(itemKey(noun, entry.key)) ?? null;
    const channel = code === null || noun === 'check' ? undefined : stored.channels.get(code);
    // A channel stays of its kind: one of another kind takes its place.
    return channel !== undefined && 'kind' in entry && channel.kind !== entry.kind ? null : code;
  };
  const keysByCode = new Map<string, string>();
  for (const [noun, all] of [
    ['channel', declared.channels],
    ['check', declared.checks],
  ] as const) {
    for (const entry of all) {
      const code = codeOf(noun, entry);
      if (code !== null) keysByCode.set(itemKey(noun, code), entry.key);
    }
  }
  /** As the document names it. */
  const nameOf = (noun: ItemNoun, code: string) => keysByCode.get(itemKey(noun, code)) ?? code;
  const namesOf = (noun: ItemNoun, references: readonly string[]) =>
    references.map((reference) => (isId(reference) ? nameOf(noun, reference) : reference));

  const step = <D extends DeclaredChannel | DeclaredCheck, S>(
    noun: ItemNoun,
    entry: D,
    known: ReadonlyMap<string, S>,
    view: (entry: D) => View,
    viewStored: (stored: S) => View,
  ): Step<D, S> => {
    const code = codeOf(noun, entry);
    const before = code === null ? null : (known.get(code) ?? null);
    if (code !== null && stored.taken.has(code)) {
      problems.push({ path: [...entry.path, 'uuid'], reason: 'belongs to another project' });
    }
    const fields = before === null ? contents(view(entry)) : differences(viewStored(before), view(entry));
    const item = code === null ? undefined : stored.items.get(itemKey(noun, code));
    const isForeign = item !== undefined && item.owner !== owner && before !== null;
    if (isForeign && fields.length > 0) {
      const names = fields.map(({ field }) => field).join(', ');
      const reason = `belongs to the configuration "${item.owner}", which says otherwise: ${names}`;
      problems.push({ path: entry.path, reason });
    }
    const made = before === null || (item !== undefined && item.owner === owner && item.made === 1);
    return { declared: entry, code, stored: before, fields, isForeign, made };
  };

  const channels = declared.channels.map((entry) =>
    step('channel', entry, stored.channels, viewOfChannel, viewOfChannel),
  );
  const checks = declared.checks.map((entry) =>
    step(
      'check',
      entry,
      stored.checks,
      ({ fields, probe, channels: own, dependsOn }) =>
        viewOfCheck(fields, probe, {
          channels: namesOf('channel', own),
          dependsOn: namesOf('check', dependsOn),
        }),
      ({ check, probe }) =>
        viewOfCheck(check, probe, {
          channels: namesOf('channel', check.channels),
          dependsOn: namesOf(
            'check',
            check.dependsOn.map((parent) => parent.code),
          ),
        }),
    ),
  );
  for (const { declared: entry, stored: before } of channels) {
    if (before === null || before.kind === entry.kind) continue;
    problems.push({
      path: [...entry.path, 'kind'],
      reason: `is ${before.kind} there, and a channel stays of its kind`,
    });
  }
  requireLinked(declared.checks, stored, keysByCode, problems);
  return { channels, checks, leaving: leavingOf(owner, stored, keysByCode), problems };
}

/** Ids of others must be those of the project. */
function requireLinked(
  checks: readonly DeclaredCheck[],
  stored: Stored,
  keysByCode: ReadonlyMap<string, string>,
  problems: ConfigProblem[],
): void {
  const isKnown = {
    channel: (id: string) => stored.channels.has(id),
    check: (id: string) => stored.checks.has(id),
  };
  for (const { path, channels, dependsOn } of checks) {
    for (const [field, noun, ids] of [
      ['channels', 'channel', channels],
      ['depends_on', 'check', dependsOn],
    ] as const) {
      for (const [index, id] of ids.entries()) {
        if (!isId(id) || keysByCode.has(itemKey(noun, id)) || isKnown[noun](id)) continue;
        problems.push({ path: [...path, field, index], reason: `${id} is none of the project's` });
      }
    }
  }
}

/** Checks first: what tells a channel goes before the channel. */
function leavingOf(owner: string, stored: Stored, keysByCode: ReadonlyMap<string, string>): Leaving[] {
  const rank = ({ noun, key }: ConfigItemRow) => `${noun === 'check' ? 0 : 1} ${key}`;
  return [...stored.items.values()]
    .sort((one, other) => (rank(one) < rank(other) ? -1 : 1))
    .filter((item) => item.owner === owner && !keysByCode.has(itemKey(item.noun, item.code)))
    .flatMap(({ noun, key, code, made }): Leaving[] => {
      if (noun === 'channel') {
        return stored.channels.has(code) ? [{ noun, key, code, made: made === 1, isService: false }] : [];
      }
      const check = stored.checks.get(code);
      return check === undefined
        ? []
        : [{ noun: 'check', key, code, made: made === 1, isService: check.probe !== null }];
    });
}

/** The plan as the API tells it. */
export function presentPlan(plan: Plan, tenants: readonly string[] | null): ConfigPlan {
  const changes: ConfigChange[] = [
    ...plan.channels.flatMap((step) => changeOf('channel', step)),
    ...plan.checks.flatMap((step) => changeOf(step.declared.noun, step)),
    ...plan.leaving.map(
      ({ noun, isService, key, code, made }): ConfigChange => ({
        action: made ? 'delete' : 'release',
        noun: noun === 'check' && isService ? 'service' : noun,
        key,
        id: code,
        fields: [],
      }),
    ),
  ];
  const touched = changes.filter(({ action }) => action === 'create' || action === 'update').length;
  return {
    changes,
    unchanged: plan.channels.length + plan.checks.length - touched,
    tenants: tenants === null ? null : tenants.length,
    problems: plan.problems,
  };
}

function changeOf(
  noun: ConfigChange['noun'],
  { declared, code, stored, fields }: Step<{ key: string }, unknown>,
): ConfigChange[] {
  if (stored !== null && fields.length === 0) return [];
  return [{ action: stored === null ? 'create' : 'update', noun, key: declared.key, id: code, fields }];
}
