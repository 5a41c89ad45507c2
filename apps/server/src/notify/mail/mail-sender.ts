import type { Clock } from '../../clock.ts';
import { messageOf } from '../../errors.ts';
import type { MailRow } from '../../store/schema.ts';
import { withTimeLimit } from '../../time-limit.ts';
import type { Claim, Claimed, ClaimInput } from '../../work/queue.ts';
import { WakeTimer } from '../../work/timer.ts';
import { DeliveryError } from '../failure.ts';
import { decideRetry } from '../retry.ts';
import { MAIL_WORK, type MailResult, type MailSettlement } from './mail-queue.ts';
import type { OutgoingMail } from './mailer.ts';

/** Mails claimed and sent at once. */
const BATCH = 5;
/** Milliseconds for which a mail is ours; a try takes less. */
const LEASE = 120_000;
const TRY_TIMEOUT = 35_000;
/** Milliseconds by which near instants share a claim. */
const COALESCE = 10;
/** Milliseconds until the next try after the store refused. */
const STORE_RETRY = 1_000;
/** Milliseconds after a claim that found nothing, so that a row another node is just taking is not a loop. */
const EMPTY_PAUSE = 50;

export interface MailSenderOptions {
  clock: Clock;
  /** This node, as the work table names it. */
  owner: string;
  claim(input: ClaimInput): Promise<Claimed>;
  load(codes: string[]): Promise<MailRow[]>;
  /** What the mail says now; null = there is nothing to say any more. */
  compose(mail: MailRow): Promise<Omit<OutgoingMail, 'key' | 'signal'> | null>;
  /** @throws DeliveryError */
  send(mail: OutgoingMail): Promise<string>;
  settle(settlement: MailSettlement): Promise<boolean>;
  /** Uniform in [0, 1). */
  random(): number;
  onError(message: string): void;
}

export interface MailSender {
  /** Says that a mail is due at `at`, epoch ms. */
  wake(at: number): void;
  /** Ends what is under way, to be tried again by whoever starts next. */
  stop(): Promise<void>;
}

/**
 * Sends the mails that wait: each is claimed under a lease and a fence, tried again with back-off, and goes out
 * under the same Message-Id on each try.
 */
export function mailSender(options: MailSenderOptions): MailSender {
  const { clock, owner, claim, load, compose, send, settle, random, onError } = options;
  const stopping = new AbortController();
  /** Until when, on the monotonic clock, mails may be ours that nobody is at: the store refused to give them back. */
  let strayUntil = Number.NEGATIVE_INFINITY;

  const timer = new WakeTimer(clock, COALESCE, async () => {
    try {
      const { claims, next } = await claim({ kind: MAIL_WORK, owner, lease: LEASE, limit: BATCH });
      const due = orStray(next);
      const mails = new Map((await load(claims.map(({ key }) => key))).map((mail) => [mail.code, mail]));
      await Promise.all(claims.map((own) => handle(own, mails.get(own.key))));
      // Those that came meanwhile are due already; those tried again have told when by an event.
      if (claims.length === BATCH) return clock.now();
      return claims.length > 0 || due === null ? due : Math.max(due, clock.now() + EMPTY_PAUSE);
    } catch (error) {
      onError(`mails cannot be sent: ${messageOf(error)}`);
      strayUntil = clock.monotonic() + LEASE;
      return clock.now() + STORE_RETRY;
    }
  });

  /** The store names no lease of our own: those that nobody is at are looked for when they have ended. */
  function orStray(next: number | null): number | null {
    const left = strayUntil - clock.monotonic();
    return left <= 0 ? next : Math.min(next ?? Number.POSITIVE_INFINITY, clock.now() + left);
  }

  async function handle({ key, fence, pending }: Claim, mail: MailRow | undefined): Promise<void> {
    const result: MailResult = mail === undefined ? { state: 'dropped' } : await resultOf(mail);
    if (result.state === 'failed')
      onError(`a mail of the kind "${mail?.kind}" was given up: ${result.error}`);
    await settle({ key, fence, pending, result });
  }

  async function resultOf(mail: MailRow): Promise<MailResult> {
    if (mail.expires_at <= clock.now()) {
      return {
        state: 'failed',
        error: `it could not be sent in time, the last try: ${mail.error || 'none'}`,
      };
    }
    try {
      const composed = await compose(mail);
      if (composed === null) return { state: 'dropped' };
      await withTimeLimit(
        clock,
        TRY_TIMEOUT,
        stopping.signal,
        (signal) => send({ ...composed, key: mail.code, signal }),
        async (why) => {
          const message = why === 'time' ? 'the mail server took too long' : 'the server was stopped';
          throw new DeliveryError(message, { retryable: true });
        },
      );
      return { state: 'sent' };
    } catch (error) {
      return verdictOn(mail, error);
    }
  }

  function verdictOn(mail: MailRow, error: unknown): MailResult {
    const now = clock.now();
    const message = messageOf(error);
    // What is no word of the mail server, such as a store that cannot be read, may pass.
    const failure = error instanceof DeliveryError ? error : { message, retryable: true, retryAfter: null };
    const record = { tries: mail.tries + 1, age: now - mail.created_at, once: false };
    const verdict = decideRetry(failure, record, now, random);
    if (verdict.again === null) return { state: 'failed', error: verdict.error };
    return { state: 'again', error: message, at: stopping.signal.aborted ? now : verdict.again };
  }

  return {
    wake: (at) => timer.wake(at),
    async stop() {
      stopping.abort();
      await timer.stop();
    },
  };
}
