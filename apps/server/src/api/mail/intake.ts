import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { PingInput, PingTarget } from '../../checks/ping.ts';
import type { PingOutcome } from '../../checks/receive.ts';
import type { Context } from '../../context.ts';
import { messageOf } from '../../errors.ts';
import { MESSAGE_LIMIT, type MessageFault, MessageStore } from './message.ts';
import { MailReader } from './reader.ts';
import { readRecipient } from './recipient.ts';
import { SmtpRefusal } from './refusal.ts';

const USER_AGENT_LENGTH = 200;

const FAULTS: Record<MessageFault, [code: number, text: string]> = {
  'too large': [552, `5.3.4 Message exceeds ${MESSAGE_LIMIT} bytes`],
  'too much at once': [452, '4.3.1 Too much mail at once, try again later'],
};

/** Turns messages into pings. */
export class MailIntake {
  readonly #context: Context;
  readonly #onOutcome: (outcome: PingOutcome) => void;
  readonly #messages = new MessageStore();
  readonly #reader: MailReader;
  readonly #underWay = new Set<Promise<void>>();

  constructor(context: Context, onOutcome: (outcome: PingOutcome) => void) {
    this.#context = context;
    this.#onOutcome = onOutcome;
    this.#reader = new MailReader(context.clock);
  }

  /** Resolves once the message's pings are durable. @throws SmtpRefusal with the reply. */
  take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const done = this.#receive(stream, session);
    this.#underWay.add(done);
    const forget = (): void => void this.#underWay.delete(done);
    done.then(forget, forget);
    return done;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#reader.close();
  }

  async #receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope;
    const message = await this.#messages.receive(stream);
    if (typeof message === 'string') throw new SmtpRefusal(...FAULTS[message]);
    try {
      const now = this.#context.clock.now();
      const ping: Omit<PingInput, 'target'> = {
        action: 'success',
        exitstatus: null,
        fault: null,
        scheme: 'email',
        remoteAddr: session.remoteAddress,
        method: '',
        userAgent: `Email from ${mailFrom ? mailFrom.address : ''}`.slice(0, USER_AGENT_LENGTH),
        rid: null,
        body: message,
        logLimit: this.#context.config().pingLogLimit,
        mail: await this.#reader.read(message),
        at: now,
        receivedAt: now,
      };
      // One after the other: each copies the message to the writer's thread.
      for (const { address } of rcptTo) await this.#record(address, ping);
    } finally {
      this.#messages.release(message);
    }
  }

  async #record(address: string, ping: Omit<PingInput, 'target'>): Promise<void> {
    const { config, writer, log } = this.#context;
    const read = readRecipient(address, config().pingEmailDomain);
    if ('refusal' in read) return;
    const outcome = await writer
      .run('checks.ping', { ...ping, target: read.target })
      .catch((error: unknown) => {
        log.error({ error: messageOf(error) }, 'an e-mail ping failed');
        throw new SmtpRefusal(451, '4.3.0 The ping could not be recorded, try again later');
      });
    this.#onOutcome(outcome);
    if (outcome !== 'ok') log.info({ outcome, ...nameOf(read.target) }, 'dropped an e-mail ping');
  }
}

/** What may be logged of a target: a ping key is a secret. */
function nameOf(target: PingTarget): { code: string } | { slug: string } {
  return 'code' in target ? { code: target.code } : { slug: target.slug };
}
