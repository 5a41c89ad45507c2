import { defineChannel, type SendPorts } from '../../channel.ts';
import { bodyText, tailText } from '../../facts.ts';
import { MAIL_CONNECTIONS, type OutgoingMail } from '../../mail/mailer.ts';
import type { Message } from '../../message.ts';
import { htmlMail } from './html-mail.ts';
import { settings } from './settings.ts';
import { subjectOf, textMail } from './text-mail.ts';

/** Characters of the last ping's body in a mail: its end, where errors are. Healthchecks shows as many. */
const BODY_CHARACTERS = 10_000;
/** Bytes of UTF-8 that hold so many characters at most. */
const BODY_BYTES = 4 * BODY_CHARACTERS;
/** Bytes of a mail that pinged and is attached; mail servers bounce what is large. */
const ATTACHMENT_LIMIT = 262_144;

export const email = defineChannel({
  kind: 'email',
  title: 'E-mail',
  healthchecks: 'email',
  alertmanager: 'email',
  settings,
  aliases: { value: 'address', to: 'address' },
  // All mail leaves through one server, whatever its address.
  destination: () => ({ host: 'the mail server', account: 'the mail server', limit: MAIL_CONNECTIONS }),

  declines(message, { down, up }) {
    if (message.kind === 'notice') return null;
    if (message.status === 'down') return down ? null : 'the channel does not want outages';
    return up ? null : 'the channel does not want recoveries';
  },

  async send(message, { address, language }, ports) {
    const texts = ports.texts(language);
    const shown = {
      message,
      texts,
      now: ports.now,
      siteName: ports.siteName,
      body: await excerpt(message, ports),
    };
    const text = await ports.mail({
      to: address,
      subject: subjectOf(message, texts),
      text: textMail(shown),
      html: htmlMail(shown),
      key: message.key.replaceAll(/[^\w.-]/g, '.'),
      attachments: await pingMail(message, ports),
    });
    return { text };
  },
});

/** The end of what the job sent last, when it sent text. */
async function excerpt({ check, lastPing }: Message, ports: SendPorts): Promise<string> {
  if (lastPing === null || lastPing.size === 0 || lastPing.scheme === 'email') return '';
  return tailText(bodyText(await ports.pingBody(check, lastPing, BODY_BYTES, 'last')), BODY_CHARACTERS);
}

/** A ping that was a mail comes along as it was. */
async function pingMail(
  { check, lastPing }: Message,
  ports: SendPorts,
): Promise<OutgoingMail['attachments']> {
  if (lastPing?.scheme !== 'email' || lastPing.size > ATTACHMENT_LIMIT) return [];
  const body = await ports.pingBody(check, lastPing, ATTACHMENT_LIMIT, 'first');
  if (body === null) return [];
  return [
    {
      filename: 'last-ping.eml',
      content: Buffer.from(body),
      contentType: 'message/rfc822',
      contentDisposition: 'attachment',
    },
  ];
}
