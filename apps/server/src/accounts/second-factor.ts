/** The second factor of a person: a secret shared with an authenticator app. */
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, SecondFactorRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';
import { replaceRecoveryCodes, takeRecoveryCode } from './recovery-codes.ts';

/** Whom it is about, and who does it. */
interface OfUser {
  userId: number;
  actor: Actor;
}

/** Keeps a sealed secret until the person has shown a code of it. @throws AppError `conflict` when one is on. */
async function startSecondFactor(tx: Tx, input: { userId: number; secret: string }): Promise<void> {
  const fresh = { secret: input.secret, last_step: 0, created_at: tx.at };
  const kept = await tx.db
    .insertInto('second_factors')
    .values({ ...fresh, user_id: input.userId, confirmed_at: null })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet(fresh).where('second_factors.confirmed_at', 'is', null),
    )
    .returning('user_id')
    .executeTakeFirst();
  if (kept === undefined) throw new AppError('conflict', 'a second factor is on already: turn it off first');
}

interface ConfirmInput extends OfUser {
  /** The sealed secret of which a code was shown. */
  secret: string;
  step: number;
  recoveryHashes: string[];
}

/** Turns the second factor on. @throws AppError `conflict` when another secret was made meanwhile. */
async function confirmSecondFactor(tx: Tx, input: ConfirmInput): Promise<void> {
  const result = await tx.db
    .updateTable('second_factors')
    .set({ confirmed_at: tx.at, last_step: input.step })
    .where('user_id', '=', input.userId)
    .where('secret', '=', input.secret)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n)
    throw new AppError('conflict', 'this was confirmed or begun anew meanwhile');
  await replaceRecoveryCodes(tx, input.userId, input.recoveryHashes);
  await note(tx, input, 'second-factor.enable');
}

/** Gives a person other recovery codes. @throws AppError `conflict` without a second factor. */
async function renewRecoveryCodes(tx: Tx, input: OfUser & { recoveryHashes: string[] }): Promise<void> {
  if ((await secondFactorOf(tx.db, input.userId)) === null) {
    throw new AppError('conflict', 'there is no second factor that recovery codes would stand in for');
  }
  await replaceRecoveryCodes(tx, input.userId, input.recoveryHashes);
  await note(tx, input, 'second-factor.codes');
}

/** Turns the second factor off. @throws AppError `not_found` when it is not on. */
async function dropSecondFactor(tx: Tx, input: OfUser): Promise<void> {
  const result = await tx.db
    .deleteFrom('second_factors')
    .where('user_id', '=', input.userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  if (result.numDeletedRows === 0n) throw new AppError('not_found', 'there is no second factor');
  await replaceRecoveryCodes(tx, input.userId, []);
  await note(tx, input, 'second-factor.disable');
}

/** A code that was shown: of the app by its step, or of the paper by its hash. */
export type ShownCode = { step: number } | { recoveryHash: string };

/** Uses a code up. Of two who show the same code at once, one gets false. */
async function takeCode(tx: Tx, { userId, actor, shown }: OfUser & { shown: ShownCode }): Promise<boolean> {
  if ('step' in shown) return takeStep(tx, userId, shown.step);
  const isTaken = await takeRecoveryCode(tx, userId, shown.recoveryHash);
  if (isTaken) await note(tx, { userId, actor }, 'second-factor.recovery-code');
  return isTaken;
}

async function takeStep(tx: Tx, userId: number, step: number): Promise<boolean> {
  const result = await tx.db
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function note(tx: Tx, { userId, actor }: OfUser, action: string): Promise<void> {
  const { email } = await tx.db
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  await audit(tx, { projectId: null, actor, action, target: email });
}

/** The second factor that is on; null = none. */
export async function secondFactorOf(db: Kysely<Database>, userId: number): Promise<SecondFactorRow | null> {
  const row = await anyFactorOf(db, userId);
  return row === null || row.confirmed_at === null ? null : row;
}

/** The one that waits for its first code; null = none. */
export async function pendingFactorOf(db: Kysely<Database>, userId: number): Promise<SecondFactorRow | null> {
  const row = await anyFactorOf(db, userId);
  return row?.confirmed_at === null ? row : null;
}

async function anyFactorOf(db: Kysely<Database>, userId: number): Promise<SecondFactorRow | null> {
  const rows = db.selectFrom('second_factors').selectAll().where('user_id', '=', userId);
  return (await rows.executeTakeFirst()) ?? null;
}

/** The writes of second factors, by name. */
export const secondFactorCommands = {
  'secondFactor.start': { each: startSecondFactor },
  'secondFactor.confirm': { each: confirmSecondFactor },
  'secondFactor.codes': { each: renewRecoveryCodes },
  'secondFactor.drop': { each: dropSecondFactor },
  'secondFactor.take': { each: takeCode },
} as const;
