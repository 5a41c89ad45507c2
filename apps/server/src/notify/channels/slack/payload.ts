import type { SendPorts } from '../../channel.ts';
import { bodyText, cutText, factsOf } from '../../facts.ts';
import { headlineOf, type Message, nameOf } from '../../message.ts';
import { bodyTitle } from '../../reason.ts';
import { instantText, type Texts } from '../../texts/texts.ts';

/** Characters of a title and of a field that Slack shows whole (docs.slack.dev, "Legacy attachments"). */
const TITLE_LENGTH = 150;
const FIELD_LENGTH = 2_000;
/** Characters of the last ping's body; Healthchecks' limit for chats. */
const BODY_LENGTH = 1_000;
const BODY_BYTES = 4 * BODY_LENGTH;

/** A message in the form of Slack's attachments, which also Mattermost and Discord take. */
export async function payloadOf(message: Message, texts: Texts, ports: SendPorts) {
  const name = escapeControl(cutText(nameOf(message.check, texts), TITLE_LENGTH));
  const title = headlineOf(message, texts, name);
  const fields = factsOf(message, texts, ports.now).map(({ label, text }) => ({
    title: label,
    value: escapeControl(cutText(text, FIELD_LENGTH)),
    short: text.length <= 40,
  }));
  return {
    username: ports.siteName,
    attachments: [
      {
        color: message.status === 'down' ? 'danger' : 'good',
        fallback: title,
        mrkdwn_in: ['text'],
        title,
        title_link: message.links.check,
        text: await textOf(message, texts, ports),
        fields,
      },
    ],
  };
}

/** A link that acknowledges, where there is one, above what the job sent last. */
async function textOf(message: Message, texts: Texts, ports: SendPorts): Promise<string> {
  const { ack } = message.links;
  const link = ack === null ? [] : [`<${escapeControl(ack)}|${texts.acknowledge}>`];
  return [...link, await bodyOf(message, texts, ports)].filter((part) => part !== '').join('\n');
}

async function bodyOf(message: Message, texts: Texts, ports: SendPorts): Promise<string> {
  if (message.kind === 'test') return escapeControl(texts.testNote(ports.siteName, instantText(message.at)));
  const { check, lastPing } = message;
  if (lastPing === null || lastPing.size === 0 || lastPing.scheme === 'email') return '';
  const body = bodyText(await ports.pingBody(check, lastPing, BODY_BYTES, 'first'));
  const cut = cutText(body, BODY_LENGTH);
  if (cut === '') return '';
  const shown = cut.length < body.length || lastPing.size > BODY_BYTES ? `${cut}\n${texts.bodyCut}` : cut;
  // A fence inside would end the block early.
  return `*${bodyTitle(message, texts)}*\n\`\`\`\n${escapeControl(shown.replaceAll('```', "'''"))}\n\`\`\``;
}

/** Slack's three control characters; escaped, `<!channel>` calls nobody. */
function escapeControl(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
