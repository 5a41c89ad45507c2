/** How protocols that begin in plain text turn to TLS. */
import type { Socket } from 'node:net';
import { ProbeFailure } from '../../failure.ts';
import { Talk } from '../../talk.ts';

export const STARTTLS = ['none', 'smtp', 'imap', 'postgres'] as const;
export type StartTls = (typeof STARTTLS)[number];

/** Leaves a connection where the handshake begins. @throws ProbeFailure */
export async function askForTls(socket: Socket, protocol: StartTls, peer: string): Promise<void> {
  if (protocol === 'smtp') await smtp(socket, peer);
  if (protocol === 'imap') await imap(socket, peer);
  if (protocol === 'postgres') await postgres(socket, peer);
}

/** RFC 3207. */
async function smtp(socket: Socket, peer: string): Promise<void> {
  const talk = new Talk(socket, peer);
  const reply = async (wanted: string, what: string): Promise<void> => {
    for (;;) {
      const line = await talk.line();
      if (!/^\d{3}[ -]/.test(line)) throw new ProbeFailure('protocol', `${peer} does not answer in SMTP`);
      if (!line.startsWith(wanted)) throw refused(peer, what, line);
      if (line[3] === ' ') return;
    }
  };
  await reply('220', 'its greeting');
  talk.send('EHLO vigie\r\n');
  await reply('250', 'EHLO');
  talk.send('STARTTLS\r\n');
  await reply('220', 'STARTTLS');
  talk.release();
}

/** RFC 9051 section 6.2.1. */
async function imap(socket: Socket, peer: string): Promise<void> {
  const talk = new Talk(socket, peer);
  const greeting = await talk.line();
  if (!/^\* (OK|PREAUTH|BYE)/i.test(greeting)) {
    throw new ProbeFailure('protocol', `${peer} does not answer in IMAP`);
  }
  if (!/^\* OK/i.test(greeting)) throw refused(peer, 'its greeting', greeting);
  talk.send('a STARTTLS\r\n');
  for (;;) {
    const line = await talk.line();
    if (line.startsWith('* ')) continue;
    if (!/^a OK/i.test(line)) throw refused(peer, 'STARTTLS', line);
    talk.release();
    return;
  }
}

/** PostgreSQL's documentation, "SSL Session Encryption": one byte answers. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

async function postgres(socket: Socket, peer: string): Promise<void> {
  const answered = new Promise<string>((resolve, reject) => {
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString('latin1')));
    socket.once('close', () => reject(new ProbeFailure('protocol', `${peer} hung up without an answer`)));
  });
  socket.write(SSL_REQUEST);
  const answer = await answered;
  if (answer === 'N') throw new ProbeFailure('tls', `${peer} is PostgreSQL without TLS`);
  if (answer !== 'S') throw new ProbeFailure('protocol', `${peer} does not answer as PostgreSQL does`);
}

function refused(peer: string, what: string, line: string): ProbeFailure {
  return new ProbeFailure('tls', `${peer} offers no TLS: to ${what} it said ${line.slice(0, 100)}`);
}
