import { messageOf } from '../../errors.ts';
import { codeOf, DeliveryError } from '../failure.ts';

/** What nodemailer adds to its errors. */
interface SmtpFault {
  command?: unknown;
  response?: unknown;
  responseCode?: unknown;
}

const REASONS: Record<string, string> = {
  EDNS: 'the mail server’s name cannot be resolved',
  ETLS: 'no encrypted connection to the mail server',
  EAUTH: 'the mail server refused the sign-in',
  ENOAUTH: 'the mail server wants a sign-in, and no user is configured',
  ETIMEDOUT: 'the mail server did not answer in time',
};

/** nodemailer's codes of a refusal that concerns this message, not the connection. */
const ABOUT_MESSAGE = new Set(['EENVELOPE', 'EMESSAGE']);

/** Enhanced codes (RFC 3463) that say the mailbox is gone: 5.1.x addresses, 5.2.1 a disabled mailbox. */
const NO_MAILBOX = /^5\.(1\.\d+|2\.1)\b/;
/** The same in servers that give no enhanced code (RFC 5321 section 4.2.3). */
const NO_MAILBOX_REPLIES = new Set([550, 551, 553]);

/**
 * What a failed mail means. A mailbox that does not exist stops the channel; a refusal of ours (policy,
 * relaying, content) fails this message; everything else (connection, sign-in, 4xx) is tried again.
 */
export function smtpFailure(error: unknown, aborted: boolean): DeliveryError {
  if (aborted) return new DeliveryError('the delivery was ended before an answer came', { retryable: true });
  const { command, response, responseCode } = faultOf(error);
  const reply = typeof response === 'string' ? response.replace(/\s+/g, ' ') : '';
  const code = codeOf(error);
  if (typeof responseCode !== 'number' || !ABOUT_MESSAGE.has(code)) {
    const reason = REASONS[code] ?? `the mail server cannot be reached: ${messageOf(error)}`;
    return new DeliveryError(reply === '' ? reason : `${reason}: ${reply}`, { retryable: true });
  }
  // 503 says the conversation was out of step, not that the message was refused (RFC 5321).
  if (responseCode < 500 || responseCode === 503) return new DeliveryError(reply, { retryable: true });
  const permanent = command === 'RCPT TO' && saysNoMailbox(responseCode, reply);
  return new DeliveryError(reply, { retryable: false, permanent });
}

function faultOf(error: unknown): SmtpFault {
  return typeof error === 'object' && error !== null ? error : {};
}

function saysNoMailbox(responseCode: number, reply: string): boolean {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1];
  return enhanced === undefined ? NO_MAILBOX_REPLIES.has(responseCode) : NO_MAILBOX.test(enhanced);
}
