/** Proving the second factor: what needs the secret key, outside of any transaction. */
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { SecondFactorRow, UserRow } from '../store/schema.ts';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { openText, sealText } from './sealed-text.ts';
import { pendingFactorOf, type ShownCode, secondFactorOf } from './second-factor.ts';
import { newTotpSecret, stepOfCode } from './totp.ts';

type ProofContext = Pick<Context, 'clock' | 'store' | 'writer' | 'secretKey'>;

/** The field that failures are about. */
const FIELD = { field: 'code' };

/** Makes a secret that waits for its first code, in base32. @throws AppError `conflict` when one is on. */
export async function beginTotp({ writer, secretKey }: ProofContext, user: UserRow): Promise<string> {
  const secret = newTotpSecret();
  const sealed = sealText(secretKey, ownerOf(user), secret);
  await writer.run('secondFactor.start', { userId: user.id, secret: sealed });
  return secret;
}

/**
 * Turns the secret that waits on, by a code of it.
 * @returns recovery codes, to be shown once.
 * @throws AppError `not_found` when none waits, `invalid` for a wrong code.
 */
export async function confirmTotp(context: ProofContext, user: UserRow, code: string): Promise<string[]> {
  const { clock, store, writer, secretKey } = context;
  const pending = await pendingFactorOf(store.db, user.id);
  if (pending === null) throw new AppError('not_found', 'no second factor waits to be confirmed');
  const secret = openText(secretKey, ownerOf(user), pending.secret);
  const step = stepOfCode(secret, plain(code), clock.now(), 0);
  if (step === null)
    throw new AppError('invalid', 'the code is wrong: is the clock of the app right?', FIELD);
  const { codes, recoveryHashes } = recoveryCodes();
  const actor = `user:${user.email}`;
  await writer.run('secondFactor.confirm', {
    userId: user.id,
    actor,
    secret: pending.secret,
    step,
    recoveryHashes,
  });
  return codes;
}

/** Other recovery codes, to be shown once. @throws AppError `conflict` without a second factor. */
export async function renewCodes({ writer }: ProofContext, user: UserRow): Promise<string[]> {
  const { codes, recoveryHashes } = recoveryCodes();
  const actor = `user:${user.email}`;
  await writer.run('secondFactor.codes', { userId: user.id, actor, recoveryHashes });
  return codes;
}

/**
 * Asks for the second factor where there is one, and uses the code up: the app's, or a recovery code.
 * @throws AppError `second_factor` when no code was given, `unauthenticated` for one that is wrong or used.
 */
export async function proveSecondFactor(
  context: ProofContext,
  user: UserRow,
  code: string | null,
): Promise<void> {
  const { store, writer } = context;
  const factor = await secondFactorOf(store.db, user.id);
  if (factor === null) return;
  if (code === null || plain(code) === '') {
    throw new AppError('second_factor', 'the account asks for a code of its second factor too', FIELD);
  }
  const shown = shownCode(context, user, factor, code);
  const proof = { userId: user.id, actor: `user:${user.email}` };
  if (shown !== null && (await writer.run('secondFactor.take', { ...proof, shown }))) return;
  throw new AppError('unauthenticated', 'the code is wrong, or was used already', FIELD);
}

/** What a code could be; null = nothing. A recovery code is known without the secret, should the key be lost. */
function shownCode(
  { clock, secretKey }: ProofContext,
  user: UserRow,
  factor: SecondFactorRow,
  code: string,
): ShownCode | null {
  const recoveryHash = hashRecoveryCode(code);
  if (recoveryHash !== null) return { recoveryHash };
  const secret = openText(secretKey, ownerOf(user), factor.secret);
  const step = stepOfCode(secret, plain(code), clock.now(), factor.last_step);
  return step === null ? null : { step };
}

function recoveryCodes(): { codes: string[]; recoveryHashes: string[] } {
  const codes = newRecoveryCodes();
  return { codes, recoveryHashes: codes.flatMap((code) => hashRecoveryCode(code) ?? []) };
}

function ownerOf(user: UserRow): string {
  return `second factor of ${user.id}`;
}

/** Apps show six digits in two groups. */
function plain(code: string): string {
  return code.replace(/\s/g, '');
}
