import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { PingOutcome } from '../../checks/receive.ts';
import type { Context } from '../../context.ts';
import { MailIntake } from './intake.ts';
import { MESSAGE_LIMIT } from './message.ts';
import { readRecipient } from './recipient.ts';
import { SmtpRefusal } from './refusal.ts';

/** Bounds against slow and hostile clients; durations in milliseconds. */
const LIMITS = {
  size: MESSAGE_LIMIT,
  maxClients: 100,
  /** What every server must take (RFC 5321, 4.5.3.1.8). */
  maxRecipients: 100,
  maxCommandLength: 4_096,
  /** Of silence. RFC 5321 (4.5.3.2) asks for 5 minutes between two commands; jobs on our side of it are quick. */
  socketTimeout: 60_000,
  closeTimeout: 1_000,
} satisfies SMTPServerOptions;
/** Milliseconds that a connection may last: a dribbling sender does not keep its place for ever. */
const CONNECTION_LIFETIME = 15 * 60_000;

export interface MailListener {
  /** Where it listens. */
  port: number;
  /** Finishes the messages that are in and stops. */
  close(): Promise<void>;
}

export interface MailListenerOptions {
  /** Told what became of each ping. */
  onOutcome?(outcome: PingOutcome): void;
}

/**
 * Listens for e-mail pings: plain SMTP without authentication, on `config.smtp`. A message is answered once
 * the ping of each recipient is durable; recipients that name no check are dropped.
 * @throws when `config.smtp` is null or its port is taken.
 */
export async function startMailListener(
  context: Context,
  options: MailListenerOptions = {},
): Promise<MailListener> {
  const { smtp } = context.config();
  if (smtp === null) throw new Error('BUG: no listener for e-mail pings is configured');
  const intake = new MailIntake(context, options.onOutcome ?? (() => undefined));
  const lifetimes = new Map<string, () => void>();
  const server = new SMTPServer({
    ...LIMITS,
    banner: 'Vigie takes e-mail pings',
    logger: false,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onConnect(session, callback) {
      const connection = [...server.connections].find(({ id }) => id === session.id);
      const end = (): void => connection?.send(421, '4.4.2 This connection has lasted too long');
      lifetimes.set(session.id, context.clock.after(CONNECTION_LIFETIME, end));
      callback();
    },
    onClose({ id }) {
      lifetimes.get(id)?.();
      lifetimes.delete(id);
    },
    onRcptTo({ address }, _, callback) {
      const read = readRecipient(address, context.config().pingEmailDomain);
      callback('target' in read ? null : new SmtpRefusal(550, `5.1.1 ${read.refusal}`));
    },
    onData(stream, session, callback) {
      intake.take(stream, session).then(
        () => callback(null, 'OK'),
        (error: Error) => callback(error),
      );
    },
  });
  // Clients that go away or talk nonsense; without a listener each would end the process.
  server.on('error', (error) => context.log.debug({ error: error.message }, 'an SMTP connection failed'));
  server.listen(smtp.port, smtp.host);
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    async close() {
      await new Promise<void>((resolve) => server.close(resolve));
      await intake.close();
      for (const cancel of lifetimes.values()) cancel();
    },
  };
}
