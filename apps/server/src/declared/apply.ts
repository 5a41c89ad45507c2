/** Making true what a document declares: one command, whole or not at all. */
import type { ConfigPlan } from '@vigie/contract';
import { type Actor, audit } from '../accounts/audit.ts';
import type { CheckFields } from '../checks/create.ts';
import type { CheckRef, CreateInput, PresentedCheck, UpdateInput } from '../checks/manage.ts';
import { AppError } from '../errors.ts';
import type { ChannelRef, CreateChannelInput, UpdateChannelInput } from '../notify/manage.ts';
import type { ProbeFields } from '../probes/manage.ts';
import type { ChannelRow, Flag } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { planWork } from '../work/plan.ts';
import { dropWork } from '../work/queue.ts';
import { type ComparedFields, comparedFields } from './compare.ts';
import type { Declared, DeclaredChannel, DeclaredCheck, ItemNoun } from './model.ts';
import { type Leaving, type Plan, planOf, presentPlan, type Step } from './plan.ts';
import { problemsText } from './problems-text.ts';
import { readStored, type StoredCheck } from './stored.ts';

/** The kind of work that is to look who the tenants of a document are. */
export const TENANT_WORK = 'tenants';

export interface ApplyInput {
  projectId: number;
  /** Whose document it is. */
  owner: string;
  declared: Declared;
  /** JSON, to be read again when tenants come and go. */
  document: string;
  /** Those that there are; null = the document reads none from anywhere. */
  tenants: string[] | null;
  /** Milliseconds until they are looked at again. */
  every: number;
  /** It was applied before, and counts only where nobody has applied another since. */
  isAgain: boolean;
  actor: Actor;
}

type By = { actor: Actor };

/** How others are changed; wired to checks, services and channels. */
export interface ApplyPorts {
  createChannel(tx: Tx, input: CreateChannelInput & By): Promise<ChannelRow>;
  updateChannel(tx: Tx, input: UpdateChannelInput & By): Promise<ChannelRow>;
  removeChannel(tx: Tx, ref: ChannelRef & By): Promise<unknown>;
  createCheck(tx: Tx, input: CreateInput & By): Promise<{ check: PresentedCheck }>;
  updateCheck(tx: Tx, input: UpdateInput & By): Promise<PresentedCheck>;
  createService(tx: Tx, input: CreateInput & By & { probe: ProbeFields }): Promise<{ check: PresentedCheck }>;
  updateService(tx: Tx, input: UpdateInput & By & { probe: ProbeFields }): Promise<PresentedCheck>;
  removeCheck(tx: Tx, ref: CheckRef & By): Promise<unknown>;
  /** Leaves a check to its pings. */
  removeProbe(tx: Tx, check: { checkId: number; code: string }): Promise<void>;
}

/** The ids of what the document names, by key. */
interface Known {
  channels: Map<string, { id: number; code: string }>;
  checks: Map<string, string>;
}

/**
 * Applies a document; applying it again changes nothing.
 * @returns what was changed.
 * @throws AppError `invalid` with all that stands against it, and what the changes themselves throw.
 */
export async function applyDocument(tx: Tx, input: ApplyInput, ports: ApplyPorts): Promise<ConfigPlan> {
  await keepDocument(tx, input);
  const { projectId, owner, declared } = input;
  const stored = await readStored(tx.db, projectId, owner, declared);
  const plan = planOf(owner, declared, stored);
  if (plan.problems.length > 0)
    throw new AppError('invalid', problemsText(plan.problems), { field: 'document' });
  const known: Known = {
    channels: new Map([...stored.channels.values()].map((row) => [row.code, row])),
    checks: new Map([...stored.checks.keys()].map((code) => [code, code])),
  };
  for (const step of plan.channels)
    known.channels.set(step.declared.key, await applyChannel(tx, step, input, ports));
  for (const step of plan.checks)
    known.checks.set(step.declared.key, await applyCheck(tx, step, known, input, ports));
  for (const leaving of plan.leaving) await applyLeaving(tx, leaving, input, ports);
  await keepItems(tx, plan, known, input);
  await planLook(tx, input);
  const told = presentPlan(plan, input.tenants);
  await record(tx, told, input);
  return told;
}

/** Comes first: its row makes others who apply the same, such as another node at its start, wait. */
async function keepDocument(tx: Tx, input: ApplyInput): Promise<void> {
  const { projectId, owner, document, tenants, isAgain } = input;
  const values = {
    document,
    tenants: tenants === null ? '' : JSON.stringify(tenants),
    tenants_error: '',
    applied_at: tx.at,
  };
  if (isAgain) {
    const kept = await tx.db
      .updateTable('config_documents')
      .set(values)
      .where('project_id', '=', projectId)
      .where('owner', '=', owner)
      .where('document', '=', document)
      .executeTakeFirst();
    if (kept.numUpdatedRows > 0n) return;
    throw new AppError('conflict', 'another document was applied meanwhile');
  }
  await tx.db
    .insertInto('config_documents')
    .values({ project_id: projectId, owner, ...values })
    .onConflict((conflict) => conflict.columns(['project_id', 'owner']).doUpdateSet(values))
    .execute();
}

async function applyChannel(
  tx: Tx,
  { declared, code, stored, fields }: Step<DeclaredChannel, ChannelRow>,
  { projectId, actor }: ApplyInput,
  ports: ApplyPorts,
): Promise<{ id: number; code: string }> {
  const { kind, name, settings, budget } = declared;
  if (stored === null) {
    return ports.createChannel(tx, {
      projectId,
      code,
      kind,
      name,
      settings,
      budget,
      assignAll: false,
      actor,
    });
  }
  if (fields.length === 0) return stored;
  const isSet = fields.some(({ field }) => field.startsWith('settings.'));
  const changed = { ...(isSet ? { settings } : {}), name, budget };
  return ports.updateChannel(tx, { projectId, code: stored.code, ...changed, actor });
}

/** @returns its id. */
async function applyCheck(
  tx: Tx,
  step: Step<DeclaredCheck, StoredCheck>,
  known: Known,
  { projectId, actor }: ApplyInput,
  ports: ApplyPorts,
): Promise<string> {
  const { declared, code, stored, fields } = step;
  if (stored !== null && fields.length === 0) return stored.check.code;
  const { probe } = declared;
  const links = {
    channels: declared.channels.flatMap((key) => known.channels.get(key)?.id ?? []),
    dependsOn: declared.dependsOn.flatMap((key) => known.checks.get(key) ?? []),
  };
  if (stored === null) {
    const create = { projectId, code, fields: declared.fields, ...links, match: null, actor };
    const { check } =
      probe === null
        ? await ports.createCheck(tx, create)
        : await ports.createService(tx, { ...create, probe });
    return check.code;
  }
  const changed = changedFields(declared.fields, stored.check);
  const update = { projectId, code: stored.check.code, fields: changed, ...links, actor };
  if (probe !== null) await ports.updateService(tx, { ...update, probe });
  else {
    if (stored.probe !== null) {
      await ports.removeProbe(tx, { checkId: stored.check.check_id, code: stored.check.code });
    }
    await ports.updateCheck(tx, update);
  }
  return stored.check.code;
}

function changedFields(fields: CheckFields, before: ComparedFields): Partial<CheckFields> {
  const names = comparedFields(fields).filter((name) => fields[name] !== before[name]);
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

async function applyLeaving(
  tx: Tx,
  { noun, code, made }: Leaving,
  { projectId, actor }: ApplyInput,
  ports: ApplyPorts,
): Promise<void> {
  if (!made) return;
  const ref = { projectId, code, actor };
  await (noun === 'channel' ? ports.removeChannel(tx, ref) : ports.removeCheck(tx, ref));
}

const ITEM_COLUMNS = ['project_id', 'noun', 'code', 'owner', 'key', 'made'] as const;
/** Parameters of one statement stay far below what SQLite takes. */
const ITEMS_AT_ONCE = 500;

async function keepItems(tx: Tx, { channels, checks }: Plan, known: Known, input: ApplyInput): Promise<void> {
  const { projectId, owner } = input;
  await tx.db
    .deleteFrom('config_items')
    .where('project_id', '=', projectId)
    .where('owner', '=', owner)
    .execute();
  const rows = [
    ...channels.map((step) => itemOf('channel', step, known.channels.get(step.declared.key)?.code)),
    ...checks.map((step) => itemOf('check', step, known.checks.get(step.declared.key))),
  ].flatMap((item) => (item === null ? [] : [[projectId, item.noun, item.code, owner, item.key, item.made]]));
  for (let from = 0; from < rows.length; from += ITEMS_AT_ONCE) {
    const some = rows.slice(from, from + ITEMS_AT_ONCE);
    await tx.bulk.insert('config_items', ITEM_COLUMNS, some, DISPLACE);
  }
}

/** An item whose thing is gone belonged to somebody who would make it anew; whoever has made it has it now. */
const DISPLACE =
  'on conflict (project_id, noun, code) do update set owner = excluded.owner, key = excluded.key, made = excluded.made';

function itemOf(
  noun: ItemNoun,
  { declared, isForeign, made }: Step<{ key: string }, unknown>,
  code: string | undefined,
): { noun: ItemNoun; code: string; key: string; made: Flag } | null {
  if (isForeign || code === undefined) return null;
  return { noun, code, key: declared.key, made: made ? 1 : 0 };
}

/** What names the look at the tenants of a document. */
export function lookKey(projectId: number, owner: string): string {
  return `${projectId}/${owner}`;
}

async function planLook(tx: Tx, { projectId, owner, tenants, every }: ApplyInput): Promise<void> {
  const key = lookKey(projectId, owner);
  if (tenants === null) await dropWork(tx, TENANT_WORK, key);
  else await planWork(tx, TENANT_WORK, [{ key, at: tx.at + every }]);
}

async function record(tx: Tx, { changes, unchanged }: ConfigPlan, { projectId, owner, actor }: ApplyInput) {
  if (changes.length === 0) return;
  const counts = Object.groupBy(changes, ({ action }) => action);
  const detail = Object.fromEntries(
    Object.entries(counts).map(([action, own]) => [action, own?.length ?? 0]),
  );
  await audit(tx, {
    projectId,
    actor,
    action: 'config.apply',
    target: owner,
    detail: { ...detail, unchanged },
  });
}
