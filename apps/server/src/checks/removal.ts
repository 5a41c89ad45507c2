/**
 * Removing checks, and having second thoughts. A removed check is gone from its tables, so that nothing else needs to
 * know of removal; its settings and state lie aside as JSON, and its pings, flips and sums stay where they are, under
 * an id that nobody asks for, until it is restored or purged.
 */
import { AppError } from '../errors.ts';
import type { CheckRow, CheckStateRow, Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { requireRoom } from './create.ts';
import { linkUnlessCircular } from './dependencies.ts';
import { type CheckRef, type EndAlerts, loadCheck, type PresentedCheck } from './manage.ts';
import type { Check } from './model.ts';
import { isDamped } from './outcomes.ts';
import { type Announce, emitDeadline } from './save.ts';
import { wakeAfter } from './wake.ts';

/** Milliseconds for which a removed check can be restored. */
export const RESTORABLE_FOR = 600_000;
/** Checks of one project that can be restored; beyond it those that were removed first are purged. */
export const RESTORABLE_CHECKS = 10_000;
/** Checks purged in one transaction. */
const PURGED_AT_ONCE = 20;

/** What lies aside of a check; links are internal ids. */
interface Aside {
  check: CheckRow;
  state: CheckStateRow;
  channels: number[];
  dependsOn: number[];
  dependents: number[];
}

/** Tables of what a check reported, and of what it is probed with: they stay until it is purged. */
const PAST = ['pings', 'flips', 'rollups', 'probes', 'probe_states'] as const satisfies (keyof Database)[];

/** Removes a check; returns it as it was. Its UUID becomes free at once, and it can be restored for a while. */
export async function removeCheck(tx: Tx, ref: CheckRef, endAlerts: EndAlerts): Promise<PresentedCheck> {
  const shown = await loadCheck(tx, ref);
  const id = shown.check_id;
  await endAlerts(tx, [id], 'the check was deleted');
  const aside = await takeAside(tx, id);
  const { project_id, code } = shown;
  await makeRoom(tx, project_id);
  await tx.db
    .insertInto('removed_checks')
    .values({ check_id: id, project_id, code, removed_at: tx.at, content: JSON.stringify(aside) })
    .execute();
  await tx.db.deleteFrom('check_dependencies').where('depends_on_id', '=', id).execute();
  for (const table of ['check_states', 'check_channels', 'check_dependencies'] as const) {
    await tx.db.deleteFrom(table).where('check_id', '=', id).execute();
  }
  await tx.db.deleteFrom('checks').where('id', '=', id).execute();
  tx.emit({ type: 'changed', noun: 'check', project: project_id, ids: [code] });
  tx.emit({ type: 'probe', ids: [code] });
  return shown;
}

/** Whoever makes checks and removes them again and again fills no disk with them. */
async function makeRoom(tx: Tx, projectId: number): Promise<void> {
  const { count } = await tx.db
    .selectFrom('removed_checks')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  if (count < RESTORABLE_CHECKS) return;
  const oldest = await tx.db
    .selectFrom('removed_checks')
    .select('check_id')
    .where('project_id', '=', projectId)
    .orderBy('removed_at')
    .limit(PURGED_AT_ONCE)
    .execute();
  await purge(
    tx,
    oldest.map((row) => row.check_id),
  );
}

async function takeAside({ db }: Tx, id: number): Promise<Aside> {
  const check = db.selectFrom('checks').selectAll().where('id', '=', id);
  const state = db.selectFrom('check_states').selectAll().where('check_id', '=', id);
  const channels = db.selectFrom('check_channels').select('channel_id').where('check_id', '=', id);
  const links = await db
    .selectFrom('check_dependencies')
    .selectAll()
    .where((e) => e.or([e('check_id', '=', id), e('depends_on_id', '=', id)]))
    .execute();
  return {
    check: await check.executeTakeFirstOrThrow(),
    state: await state.executeTakeFirstOrThrow(),
    channels: (await channels.execute()).map((row) => row.channel_id),
    dependsOn: links.filter((link) => link.check_id === id).map((link) => link.depends_on_id),
    dependents: links.filter((link) => link.depends_on_id === id).map((link) => link.check_id),
  };
}

/**
 * Brings back the check that was last removed under this UUID, with its past. Nobody could ping it meanwhile: it gets
 * its grace time anew. If it was down, that is an alert anew. Links to what is gone by now are left out.
 * Whatever is thrown is thrown before anything is changed.
 * @throws AppError `not_found` when it was removed too long ago, `conflict` when its UUID is taken, and as
 * {@link requireRoom} does.
 */
export async function restoreCheck(
  tx: Tx,
  ref: CheckRef,
  { checkLimit, announce }: { checkLimit: number; announce: Announce },
): Promise<PresentedCheck> {
  await requireFree(tx, ref);
  const aside = await findAside(tx, ref);
  await requireRoom(tx, checkLimit);
  await tx.db.deleteFrom('removed_checks').where('check_id', '=', aside.check.id).execute();
  const check = withGrace({ ...aside.check, ...aside.state }, tx.at);
  const { excused_until, alert_after } = check;
  await tx.db.insertInto('checks').values(aside.check).execute();
  await tx.db
    .insertInto('check_states')
    .values({ ...aside.state, excused_until, alert_after })
    .execute();
  await linkAgain(tx, aside);
  if (check.status === 'down' && !isDamped(check)) {
    await announce(tx, [{ what: 'outcome', at: tx.at, damped: null, check }]);
  }
  tx.emit({ type: 'changed', noun: 'check', project: ref.projectId, ids: [ref.code] });
  tx.emit({ type: 'probe', ids: [ref.code] });
  emitDeadline(tx, [check]);
  return loadCheck(tx, ref);
}

async function findAside(tx: Tx, { projectId, code }: CheckRef): Promise<Aside> {
  const row = await tx.db
    .selectFrom('removed_checks')
    .select('content')
    .where('code', '=', code)
    .where('project_id', '=', projectId)
    .where('removed_at', '>', tx.at - RESTORABLE_FOR)
    .orderBy('check_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such check was removed in the last 10 minutes');
  return JSON.parse(row.content) as Aside;
}

/** A check that waits for its ping as if the time in which it was gone had not been. */
function withGrace(check: Check, now: number): Check {
  if (check.status === 'paused') return check;
  const excused_until = check.status === 'down' ? check.excused_until : now + check.grace * 1000;
  const excused = { ...check, excused_until };
  return { ...excused, alert_after: wakeAfter(excused, now) };
}

async function requireFree(tx: Tx, { code, projectId }: CheckRef): Promise<void> {
  const taken = await tx.db
    .selectFrom('checks')
    .select(['code', 'project_id'])
    .where('code', '=', code)
    .executeTakeFirst();
  if (taken === undefined) return;
  const isOwn = taken.project_id === projectId;
  throw new AppError('conflict', isOwn ? 'there is a check with this id' : 'this uuid is taken');
}

async function linkAgain(tx: Tx, { check: { id, project_id }, channels, dependsOn, dependents }: Aside) {
  if (channels.length > 0) {
    await tx.db
      .insertInto('check_channels')
      .columns(['check_id', 'channel_id'])
      .expression((e) =>
        e
          .selectFrom('channels')
          .select((own) => [own.val(id).as('check_id'), 'channels.id'])
          .where('channels.id', 'in', channels)
          .where('channels.project_id', '=', project_id),
      )
      .execute();
  }
  for (const parent of dependsOn) await linkUnlessCircular(tx, id, parent);
  for (const dependent of dependents) await linkUnlessCircular(tx, dependent, id);
}

/** Forgets checks that can be restored no more, with all that they reported. @returns whether there may be more. */
export async function purgeRemovedChecks(tx: Tx): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('removed_checks')
    .select('check_id')
    .where('removed_at', '<=', tx.at - RESTORABLE_FOR)
    .orderBy('removed_at')
    .limit(PURGED_AT_ONCE)
    .execute();
  await purge(
    tx,
    rows.map((row) => row.check_id),
  );
  return rows.length === PURGED_AT_ONCE;
}

/** As {@link purgeRemovedChecks}, of those of a project, however lately they were removed. */
export async function purgeRemovedOf(tx: Tx, projectId: number): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('removed_checks')
    .select('check_id')
    .where('project_id', '=', projectId)
    .limit(PURGED_AT_ONCE)
    .execute();
  await purge(
    tx,
    rows.map((row) => row.check_id),
  );
  return rows.length > 0;
}

/** Removes a check for good, with all that it reported. */
export async function deleteCheck(tx: Tx, ref: CheckRef, endAlerts: EndAlerts): Promise<void> {
  const { check_id } = await removeCheck(tx, ref, endAlerts);
  await purge(tx, [check_id]);
}

async function purge(tx: Tx, checkIds: readonly number[]): Promise<void> {
  if (checkIds.length === 0) return;
  for (const table of PAST) await tx.db.deleteFrom(table).where('check_id', 'in', checkIds).execute();
  await tx.db.deleteFrom('removed_checks').where('check_id', 'in', checkIds).execute();
}
