import { messageOf } from '../errors.ts';
import { secretFields } from '../kind-settings.ts';
import type { ChannelKind, Destination, OpenChannel, SendPorts } from './channel.ts';
import { composeMessage, digestMessage, type Site, testMessage } from './compose.ts';
import { cutText } from './facts.ts';
import { DeliveryError } from './failure.ts';
import type { QueuedDelivery } from './load.ts';
import type { Message } from './message.ts';
import { plainMessage } from './plain-message.ts';
import { redact, secretsIn } from './redact.ts';
import { CHANNEL_DELETED, CHANNEL_OFF } from './undelivered.ts';

/** Characters of a provider's answer, or of an error, that the ledger keeps. */
const LEDGER_TEXT = 500;

/** What became of one try. Texts are cut and free of secrets. */
export type Outcome =
  | { state: 'sent'; answer: string }
  /** Nothing was to be sent; says why. */
  | { state: 'skipped'; reason: string }
  | { state: 'failed'; message: string; retryable: boolean; retryAfter: number | null; permanent: boolean };

/** A delivery that can be sent, or what became of it already. */
export type Prepared =
  | { destination: Destination; send(ports: SendPorts): Promise<Outcome> }
  | { outcome: Outcome };

/** Looks at a delivery before it goes: most of what can be wrong with it needs no network to be seen. */
export function prepareDelivery(
  delivery: QueuedDelivery,
  findKind: (kind: string) => ChannelKind | undefined,
  site: Site,
): Prepared {
  const { channel } = delivery;
  if (channel === null) return skipped(CHANNEL_DELETED);
  if (channel.disabled && delivery.kind !== 'test') return skipped(CHANNEL_OFF);
  const kind = findKind(channel.kind);
  if (kind === undefined) return failed(`there is no kind of channel named ${channel.kind}`);
  const stored = open(kind, channel.settings);
  if (stored === null) return failed('the stored settings of the channel are not valid any more');
  const { opened, settings } = stored;
  const message = wantedMessage(delivery, opened, site);
  if ('skip' in message) return skipped(message.skip);
  return {
    destination: opened.destination,
    send: (ports) => {
      const plain = (reason: string): Message => plainMessage(delivery, site, reason);
      return attempt({ channel: opened, message, secrets: secretsOf(kind, settings, message), plain }, ports);
    },
  };
}

const skipped = (reason: string): Prepared => ({ outcome: { state: 'skipped', reason } });
const failed = (message: string): Prepared => ({
  outcome: { state: 'failed', message, retryable: false, retryAfter: null, permanent: false },
});

type Settings = Record<string, unknown>;

/** What no answer of a provider may show: secret settings, and the link with which anybody acknowledges. */
function secretsOf(kind: ChannelKind, settings: Settings, { links }: Message): string[] {
  const fields = new Set([...secretFields(kind.settings), 'ack link']);
  return secretsIn(fields, { ...settings, 'ack link': links.ack });
}

function open(kind: ChannelKind, stored: string): { opened: OpenChannel; settings: Settings } | null {
  try {
    const settings = JSON.parse(stored) as Settings;
    return { opened: kind.open(settings), settings };
  } catch {
    return null;
  }
}

/** A test tells of an outage, or of a recovery where the channel wants no outages; a digest alike. */
function wantedMessage(
  delivery: QueuedDelivery,
  channel: OpenChannel,
  site: Site,
): Message | { skip: string } {
  const message = composed(delivery, site);
  if ('skip' in message) return message;
  const reason = channel.declines(message);
  if (reason === null) return message;
  const other = otherwise(delivery, site, message);
  return other !== null && channel.declines(other) === null ? other : { skip: reason };
}

function composed(delivery: QueuedDelivery, site: Site): Message | { skip: string } {
  try {
    return composeMessage(delivery, site);
  } catch (error) {
    return plainMessage(delivery, site, messageOf(error));
  }
}

/** What to say to a channel that wants to hear of outages alone, or of recoveries alone. */
function otherwise(delivery: QueuedDelivery, site: Site, { kind, status }: Message): Message | null {
  if (kind === 'test') return testMessage(delivery, site, 'up');
  if (kind !== 'digest') return null;
  const other = digestMessage(delivery, site, status === 'down' ? 'up' : 'down');
  return 'skip' in other ? null : other;
}

/** What a try needs to know. */
interface Attempt {
  channel: OpenChannel;
  message: Message;
  secrets: string[];
  /** Says the least there is to say, and why. */
  plain(reason: string): Message;
}

async function attempt({ channel, message, secrets, plain }: Attempt, ports: SendPorts): Promise<Outcome> {
  const shown = (text: string): string => cutText(redact(text, secrets), LEDGER_TEXT);
  const failure = (error: DeliveryError): Outcome => {
    const { retryable, retryAfter, permanent } = error;
    return { state: 'failed', message: shown(error.message), retryable, retryAfter, permanent };
  };
  try {
    const answer = await channel.send(message, ports);
    return { state: 'sent', answer: shown(answer.text) };
  } catch (error) {
    if (error instanceof DeliveryError) return failure(error);
    // A fault of ours, or a store that does not answer: better a poor message than none.
    const reason = shown(messageOf(error));
    try {
      const answer = await channel.send(plain(reason), ports);
      return {
        state: 'sent',
        answer: shown(`sent plain, for its text could not be made: ${reason}; ${answer.text}`),
      };
    } catch (second) {
      if (second instanceof DeliveryError) return failure(second);
      const text = `the message could not be made: ${reason}`;
      return { state: 'failed', message: shown(text), retryable: true, retryAfter: null, permanent: false };
    }
  }
}
