/** The same change to many checks, each as if it were made alone. */
import { TAG_LIMITS } from '@vigie/contract/vocabulary';
import { AppError } from '../errors.ts';
import type { Tx } from '../store/tx.ts';
import { type CheckRef, loadCheck, type PresentedCheck, type UpdateInput } from './manage.ts';
import { tagsOf } from './search.ts';

export type BulkChange =
  | { action: 'pause' | 'resume' | 'clear' | 'remove' | 'restore' }
  | { action: 'tag' | 'untag'; tag: string }
  /** `channel`: the code of one of the project's. */
  | { action: 'add_channel' | 'remove_channel'; channel: string };

export interface BulkInput {
  projectId: number;
  codes: string[];
  change: BulkChange;
  actor: string;
}

export interface BulkOutcome {
  done: string[];
  failed: { code: string; message: string }[];
}

type Acting<I> = I & { actor: string };
type Change<I> = (tx: Tx, input: Acting<I>) => Promise<unknown>;

/** How one check is changed alone, with its entry in the audit log. None of them fails halfway. */
export interface SingleChanges {
  pause: Change<CheckRef>;
  resume: Change<CheckRef>;
  clear: Change<CheckRef>;
  remove: Change<CheckRef>;
  restore: Change<CheckRef>;
  update: Change<UpdateInput>;
}

/** Changes the checks one after another; one that cannot be changed is named, and hinders none of the others. */
export async function changeChecks(tx: Tx, input: BulkInput, single: SingleChanges): Promise<BulkOutcome> {
  const { projectId, actor, change } = input;
  const outcome: BulkOutcome = { done: [], failed: [] };
  for (const code of new Set(input.codes)) {
    try {
      await changeOne(tx, { projectId, code, actor }, change, single);
      outcome.done.push(code);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error;
      outcome.failed.push({ code, message: error.message });
    }
  }
  return outcome;
}

async function changeOne(
  tx: Tx,
  ref: Acting<CheckRef>,
  change: BulkChange,
  single: SingleChanges,
): Promise<void> {
  if ('tag' in change) return changeTags(tx, ref, change, single);
  if ('channel' in change) return changeChannels(tx, ref, change, single);
  await single[change.action](tx, ref);
}

async function changeTags(
  tx: Tx,
  ref: Acting<CheckRef>,
  { action, tag }: { action: 'tag' | 'untag'; tag: string },
  single: SingleChanges,
): Promise<void> {
  const before = tagsOf(await loadCheck(tx, ref));
  const others = before.filter((one) => one !== tag);
  const after = action === 'tag' ? [...before, tag] : others;
  if ((action === 'tag') === others.length < before.length) return;
  const tags = after.join(' ');
  if (after.length > TAG_LIMITS.count || tags.length > TAG_LIMITS.characters) {
    const { count, characters } = TAG_LIMITS;
    throw new AppError('invalid', `a check has ${count} tags at most, of ${characters} characters in all`);
  }
  await single.update(tx, { ...ref, fields: { tags }, channels: null });
}

async function changeChannels(
  tx: Tx,
  ref: Acting<CheckRef>,
  { action, channel }: { action: 'add_channel' | 'remove_channel'; channel: string },
  single: SingleChanges,
): Promise<void> {
  const check = await loadCheck(tx, ref);
  if (check.channels.includes(channel) === (action === 'add_channel')) return;
  const channels = await channelsAfter(tx, check, channel, action);
  await single.update(tx, { ...ref, fields: {}, channels });
}

async function channelsAfter(
  { db }: Tx,
  { project_id, channels }: PresentedCheck,
  channel: string,
  action: 'add_channel' | 'remove_channel',
): Promise<number[]> {
  const others = channels.filter((code) => code !== channel);
  const wanted = action === 'add_channel' ? [...others, channel] : others;
  if (wanted.length === 0) return [];
  const rows = await db
    .selectFrom('channels')
    .select('id')
    .where('project_id', '=', project_id)
    .where('code', 'in', wanted)
    .execute();
  return rows.map(({ id }) => id);
}
