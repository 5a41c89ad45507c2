/** Makes checks be what an env file wants: each with its UUID and its settings. */
import type { Check, CheckCreate } from '@vigie/contract';
import { allChecks } from '../client/checks.ts';
import { ClientError } from '../client/client.ts';
import { type ActionCall, queryOf } from '../client/client-command.ts';
import type { Definition } from './definitions.ts';
import type { Wanted } from './wanted.ts';

/** `replaced`: the server would not take the UUID, the check has another one. */
export type Result = 'made' | 'mended' | 'unchanged' | 'found' | 'replaced';

export interface Synchronised {
  variable: string;
  name: string;
  id: string;
  result: Result;
  /** Settings that were others before. */
  changed: string[];
  /** Whether the settings of such a check are known. */
  known: boolean;
}

export interface Synchronisation {
  checks: Synchronised[];
  /** Checks that have the name of a wanted one and another UUID. */
  duplicates: { name: string; id: string; of: string }[];
}

/**
 * Makes what is missing and mends what differs. Where the project has a check of the same name already, one without
 * a UUID is that check. `force`: every setting is written again, channels too.
 */
export async function synchronise(
  call: ActionCall,
  wanted: readonly Wanted[],
  force: boolean,
): Promise<Synchronisation> {
  const before = await allChecks(call, {});
  const state: State = { call, force, before, taken: new Set(wanted.flatMap(({ id }) => id ?? [])) };
  const checks: Synchronised[] = [];
  for (const one of wanted) checks.push(await synchroniseOne(one, state));
  return { checks, duplicates: duplicatesOf(checks, before) };
}

interface State {
  call: ActionCall;
  force: boolean;
  /** All checks of the project as they were. */
  before: readonly Check[];
  /** UUIDs that belong to a variable. */
  taken: Set<string>;
}

async function synchroniseOne(wanted: Wanted, state: State): Promise<Synchronised> {
  const { id, definition } = wanted;
  const own = id === null ? undefined : state.before.find((check) => check.id === id);
  if (own !== undefined) return mend(wanted, own, state);
  if (id !== null) {
    const made = await create(state.call, { id, ...definition, channels: 'all' });
    if (made !== null) return told(wanted, made.id, 'made');
  }
  const namesake = state.before.find((check) => check.name === definition.name && !state.taken.has(check.id));
  if (namesake !== undefined) {
    state.taken.add(namesake.id);
    const mended = await mend(wanted, namesake, state);
    if (id !== null) return { ...mended, result: 'replaced' };
    return mended.result === 'unchanged' ? { ...mended, result: 'found' } : mended;
  }
  const made = await create(state.call, { ...definition, channels: 'all' });
  if (made === null) throw new ClientError(`${wanted.variable}: the server makes no check for it`);
  return told(wanted, made.id, id === null ? 'made' : 'replaced');
}

/** Null where the UUID belongs to a check that is not the project's. */
async function create(call: ActionCall, body: CheckCreate): Promise<Check | null> {
  try {
    return await call.client.call<Check>('POST', `/checks${queryOf(call, {})}`, body);
  } catch (error) {
    if (body.id !== undefined && error instanceof ClientError && error.status === 409) return null;
    throw error;
  }
}

async function mend(wanted: Wanted, check: Check, { call, force }: State): Promise<Synchronised> {
  const changed = wanted.known ? differences(check, wanted.definition) : [];
  if (changed.length === 0 && !force) return told(wanted, check.id, 'unchanged');
  const settings = wanted.known ? wanted.definition : { name: check.name };
  const body = force ? { ...settings, channels: 'all' } : settings;
  await call.client.call<Check>('PATCH', `/checks/${check.id}`, body);
  return { ...told(wanted, check.id, 'mended'), name: settings.name, changed };
}

function told({ variable, definition, known }: Wanted, id: string, result: Result): Synchronised {
  return { variable, name: definition.name, id, result, changed: [], known };
}

/** Settings of a check that are not as defined. */
function differences(check: Check, definition: Definition): string[] {
  const now = new Map<string, unknown>(Object.entries(check));
  return Object.entries(definition)
    .filter(([name, value]) => JSON.stringify(now.get(name)) !== JSON.stringify(value))
    .map(([name]) => name);
}

function duplicatesOf(
  checks: readonly Synchronised[],
  before: readonly Check[],
): Synchronisation['duplicates'] {
  const own = new Set(checks.map(({ id }) => id));
  return checks.flatMap(({ name, id: of }) =>
    before.filter((check) => check.name === name && !own.has(check.id)).map(({ id }) => ({ name, id, of })),
  );
}
