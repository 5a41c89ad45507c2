/** Mails to people rather than to channels: another domain says what is in them, when they go. */
import { messageOf } from '../errors.ts';
import type { Tx } from '../store/tx.ts';
import { requestWork } from '../work/queue.ts';
import type { Outcome, Prepared } from './deliver.ts';
import { cutText } from './facts.ts';
import { DeliveryError } from './failure.ts';
import type { OutgoingMail } from './mail/mailer.ts';
import { DELIVERY_COLUMNS, DELIVERY_WORK } from './queue.ts';

/** Characters of a server's answer, or of an error, that the ledger keeps. */
const LEDGER_TEXT = 500;
/** Mails to people under way at once: messages about alerts have the other connections. */
const MOST_AT_ONCE = 2;

/** A mail that is to be written and sent. */
export interface PersonMail {
  /** Idempotency key: the same on each try, and queued once. */
  key: string;
  projectId: number;
  userId: number;
}

/** Writes the mail of a delivery as it is to be said now; wired by whoever starts the server. */
export type ComposeMail = (
  delivery: PersonMail,
) => Promise<Omit<OutgoingMail, 'key' | 'signal'> | { skip: string }>;

/** Queues mails to people; one that was queued before is not queued again. */
export async function queuePersonMails(tx: Tx, mails: readonly PersonMail[]): Promise<void> {
  if (mails.length === 0) return;
  const lane = ({ projectId, userId }: PersonMail): string => `person/${userId}/${projectId}`;
  const rows = mails.map((mail) => [
    ...[mail.key, mail.projectId, 0, null, null, null, 'report', lane(mail)],
    ...['queued', 0, tx.at, '', '', mail.userId],
  ]);
  const columns = [...DELIVERY_COLUMNS, 'user_id'];
  await tx.bulk.insert('deliveries', columns, rows, 'on conflict (key) do nothing');
  // Lanes are locked in this order everywhere, so that two nodes cannot wait for each other.
  await requestWork(tx, DELIVERY_WORK, mails.map(lane).sort(), tx.at);
}

/** A mail to a person as the dispatcher sends it. */
export function preparePersonMail(mail: PersonMail, compose: ComposeMail): Prepared {
  return {
    destination: { host: 'the mail server, for people', account: 'the mail server', limit: MOST_AT_ONCE },
    send: async (ports) => {
      try {
        const composed = await compose(mail);
        if ('skip' in composed) return { state: 'skipped', reason: composed.skip };
        const answer = await ports.mail({ ...composed, key: mail.key.replaceAll(/[^\w.-]/g, '.') });
        return { state: 'sent', answer: cutText(answer, LEDGER_TEXT) };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

function failureOf(error: unknown): Outcome {
  const message = cutText(messageOf(error), LEDGER_TEXT);
  if (error instanceof DeliveryError) {
    const { retryable, retryAfter } = error;
    return { state: 'failed', message, retryable, retryAfter, permanent: false };
  }
  const text = `the mail could not be written: ${message}`;
  return { state: 'failed', message: text, retryable: true, retryAfter: null, permanent: false };
}
