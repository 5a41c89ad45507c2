/**
 * Mails that are about no check, such as a link that somebody asked for: rows until they are sent. A row says what
 * the mail is about and holds no secret; what it says is composed when it goes.
 */
import type { Kysely } from 'kysely';
import { AppError } from '../../errors.ts';
import type { Database, MailRow } from '../../store/schema.ts';
import type { Tx } from '../../store/tx.ts';
import { type FinishInput, finishWork, requestWork } from '../../work/queue.ts';

/** The kind of work whose keys are codes of mails. */
export const MAIL_WORK = 'mail';

/** Mails that wait at once on one server. */
const WAITING_LIMIT = 10_000;
/** Characters of an error that are kept. */
const ERROR_LENGTH = 500;

export interface NewMail {
  kind: string;
  recipient: string;
  /** What it is about, as its kind understands it. */
  subjectId: string;
  /** Milliseconds after which nobody wants it any more. */
  life: number;
}

/** Queues a mail, to be sent at once. @throws AppError `unavailable` when too many wait. */
export async function queueMail(tx: Tx, mail: NewMail): Promise<void> {
  const { count } = await tx.db
    .selectFrom('mails')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= WAITING_LIMIT) throw new AppError('unavailable', 'too many mails wait to be sent');
  const code = tx.newId();
  const { kind, recipient, subjectId, life } = mail;
  await tx.db
    .insertInto('mails')
    .values({
      code,
      kind,
      recipient,
      subject_id: subjectId,
      created_at: tx.at,
      expires_at: tx.at + life,
      tries: 0,
      error: '',
    })
    .execute();
  await requestWork(tx, MAIL_WORK, [code], tx.at);
}

/** How a mail fared: `dropped`, there was nothing to send; `again`, it is tried at an instant (epoch ms). */
export type MailResult =
  | { state: 'sent' | 'dropped' }
  | { state: 'failed'; error: string }
  | { state: 'again'; error: string; at: number };

export type MailSettlement = Omit<FinishInput, 'kind' | 'again'> & { result: MailResult };

/** Writes in the audit log what became of a mail; wired to accounts. */
export type NoteMail = (tx: Tx, mail: MailRow, result: MailResult) => Promise<void>;

/** Writes down how a mail fared; false when it is somebody else's by now. */
export async function settleMail(tx: Tx, settlement: MailSettlement, note: NoteMail): Promise<boolean> {
  const { result, ...claim } = settlement;
  const again = result.state === 'again' ? result.at : null;
  if (!(await finishWork(tx, { ...claim, kind: MAIL_WORK, again }))) return false;
  const mail = await tx.db.selectFrom('mails').selectAll().where('code', '=', claim.key).executeTakeFirst();
  if (mail === undefined) return true;
  if (result.state === 'again') {
    const tried = { tries: mail.tries + 1, error: result.error.slice(0, ERROR_LENGTH) };
    await tx.db.updateTable('mails').set(tried).where('id', '=', mail.id).execute();
  } else {
    await tx.db.deleteFrom('mails').where('id', '=', mail.id).execute();
    await note(tx, mail, result);
  }
  return true;
}

/** Mails by their codes. */
export async function mailsBy(db: Kysely<Database>, codes: readonly string[]): Promise<MailRow[]> {
  if (codes.length === 0) return [];
  return db.selectFrom('mails').selectAll().where('code', 'in', codes).execute();
}
