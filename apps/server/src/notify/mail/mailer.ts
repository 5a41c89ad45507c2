import { DeliveryError } from '../failure.ts';
import { smtpFailure } from './smtp-failure.ts';

/** Connections to the mail server. */
export const MAIL_CONNECTIONS = 5;
/** Messages after which a connection is replaced; common servers cut at 100. */
const MESSAGES_PER_CONNECTION = 100;
/** Milliseconds; below what a whole delivery may take. */
const CONNECT_TIMEOUT = 10_000;
const SILENCE_TIMEOUT = 20_000;

export interface MailSettings {
  /** `smtp://` or `smtps://` with user, password and nodemailer's options in the query; null = none. */
  url: string | null;
  /** Sender: an address, or Name <address>. */
  from: string;
}

export interface OutgoingMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Local part of the Message-Id: the same on each try. */
  key: string;
  /** Beside the usual ones. */
  headers?: Record<string, string>;
  attachments?: {
    filename: string;
    content: Buffer;
    contentType: string;
    contentDisposition: 'attachment';
  }[];
  signal?: AbortSignal;
}

/** Sends mail through the configured server. */
export interface Mailer {
  /** Resolves with the server's answer. @throws DeliveryError */
  send(mail: OutgoingMail): Promise<string>;
  /** Loads the mail client if a server is configured; connects to nothing. */
  warmUp(): Promise<void>;
  /** Ends idle connections, and those under way. */
  close(): void;
}

type Transport = Awaited<ReturnType<typeof openTransport>>;

/**
 * Mail over pooled connections. The settings are asked for each time: after a reload the next message takes
 * the new server, and what is under way ends on the old one.
 */
export function createMailer(settings: () => MailSettings): Mailer {
  let url: string | null = null;
  let transport: Promise<Transport> | null = null;

  async function current(): Promise<{ transport: Transport; from: string }> {
    const { url: wanted, from } = settings();
    if (wanted !== url) {
      end(transport);
      transport = wanted === null ? null : openTransport(wanted);
      url = wanted;
    }
    if (transport === null) {
      throw new DeliveryError('outgoing mail is not configured (VIGIE_MAIL_URL)', { retryable: false });
    }
    return { transport: await transport, from };
  }

  return {
    async send({ key, signal, headers, ...mail }) {
      const { transport, from } = await current();
      try {
        const sent = await transport.sendMail({
          ...mail,
          from,
          messageId: `<${key}@${domainOf(from)}>`,
          // No vacation notice answers a robot (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', ...headers },
          ...(signal === undefined ? {} : { signal }),
        });
        return sent.response;
      } catch (error) {
        throw smtpFailure(error, signal?.aborted ?? false);
      }
    },
    async warmUp() {
      if (settings().url !== null) await current();
    },
    close() {
      end(transport);
      transport = null;
      url = null;
    },
  };
}

/** Loads the mail client only now: a server without mail does without its megabytes. */
async function openTransport(url: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    pool: true,
    maxConnections: MAIL_CONNECTIONS,
    maxMessages: MESSAGES_PER_CONNECTION,
    // One place retries, and that is not the pool.
    maxRequeues: 0,
    connectionTimeout: CONNECT_TIMEOUT,
    greetingTimeout: CONNECT_TIMEOUT,
    dnsTimeout: CONNECT_TIMEOUT,
    socketTimeout: SILENCE_TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function end(transport: Promise<Transport> | null): void {
  void transport?.then((open) => open.close());
}

function domainOf(sender: string): string {
  return /@([^\s@<>]+)>?\s*$/.exec(sender)?.[1] ?? 'localhost';
}
