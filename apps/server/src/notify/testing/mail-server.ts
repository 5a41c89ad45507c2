import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface MailServer extends AsyncDisposable {
  /** `smtp://127.0.0.1:<port>` */
  url: string;
  /** What was taken, with its envelope. */
  mails: (ParsedMail & { envelope: { from: string; to: string[] } })[];
  /** Connections so far. */
  connections: number;
}

/** A real SMTP server on a free loopback port; `options` may refuse things. */
export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const state: Pick<MailServer, 'mails' | 'connections'> = { mails: [], connections: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, callback) {
      state.connections += 1;
      callback();
    },
    onData(stream, session, callback) {
      simpleParser(stream).then((mail) => {
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        const to = session.envelope.rcptTo.map(({ address }) => address);
        state.mails.push(Object.assign(mail, { envelope: { from, to } }));
        callback(null, 'queued as 1');
      }, callback);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

/** A refusal as smtp-server sends it: `reply` begins with an enhanced code or not. */
export function refusal(responseCode: number, reply: string): Error {
  return Object.assign(new Error(reply), { responseCode });
}
