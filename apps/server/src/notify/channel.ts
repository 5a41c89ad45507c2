/** What a kind of channel is: one folder under `channels/` and one line in `channels/index.ts`. */
import { z } from 'zod';
import type { OutboundRequest, OutboundResponse } from '../outbound/exchange.ts';
import type { Answer } from './failure.ts';
import type { OutgoingMail } from './mail/mailer.ts';
import type { LastPing, Message, MessageCheck } from './message.ts';
import { LANGUAGES, type Language, type Texts } from './texts/texts.ts';

/** What a channel may use to send; handed in, so that a channel imports no client of its own. */
export interface SendPorts {
  /** Makes an HTTP call. @throws DeliveryError when no answer came. */
  http(call: OutboundRequest): Promise<OutboundResponse>;
  /** Hands a mail to the outgoing server; resolves with its answer. @throws DeliveryError */
  mail(mail: OutgoingMail): Promise<string>;
  texts(language: Language): Texts;
  /** `size` bytes at most of a ping's body, its first or its last ones; null = none is kept. */
  pingBody(
    check: MessageCheck,
    ping: LastPing,
    size: number,
    end: 'first' | 'last',
  ): Promise<Uint8Array | null>;
  /** The check as the Healthchecks API v3 shows it to a read-write key. */
  checkJson(check: MessageCheck): Promise<unknown>;
  /** Epoch ms of this try. */
  now: number;
  /** The name in messages. */
  siteName: string;
}

/** Where a message goes, as far as load and waiting times are concerned. Lives in memory only. */
export interface Destination {
  /** The server that gets the load: bounds how many messages go there at once. */
  host: string;
  /** Whose rate limit it counts against: a Retry-After holds for all its messages. */
  account: string;
  /** Messages at once, where less than usual. */
  limit?: number;
}

/** A channel's own part, with settings as its schema gives them. */
interface ChannelDefinition<S extends z.ZodObject> {
  /** Our word; the folder's name. */
  kind: string;
  /** The product's name, for people. */
  title: string;
  /** The word of Healthchecks' API. */
  healthchecks: string;
  /** The word of Alertmanager's receivers (`<word>_configs`). */
  alertmanager: string;
  /** Secrets carry `.meta({ secret: true })`. */
  settings: S;
  /** Other names that settings come under: Healthchecks' or Alertmanager's name -> ours. */
  aliases?: Record<string, string>;
  destination(settings: z.output<S>): Destination;
  /** Why this channel does not want this message; null when it does. */
  declines?(message: Message, settings: z.output<S>): string | null;
  /** Sends once. @throws DeliveryError */
  send(message: Message, settings: z.output<S>, ports: SendPorts): Promise<Answer>;
}

/** A channel of a kind with its settings read. */
export interface OpenChannel {
  destination: Destination;
  declines(message: Message): string | null;
  send(message: Message, ports: SendPorts): Promise<Answer>;
}

/** A kind of channel, its settings' type put away: shared code never asks which kind it is. */
export interface ChannelKind {
  kind: string;
  title: string;
  healthchecks: string;
  alertmanager: string;
  settings: z.ZodObject;
  aliases: ReadonlyMap<string, string>;
  /** Reads stored settings. @throws ZodError when they do not fit. */
  open(settings: unknown): OpenChannel;
}

export function defineChannel<S extends z.ZodObject>(definition: ChannelDefinition<S>): ChannelKind {
  const { kind, title, healthchecks, alertmanager, settings: schema } = definition;
  return {
    kind,
    title,
    healthchecks,
    alertmanager,
    settings: schema,
    aliases: new Map(Object.entries(definition.aliases ?? {})),
    open(given) {
      const settings = schema.parse(given);
      return {
        destination: definition.destination(settings),
        declines: (message) => definition.declines?.(message, settings) ?? null,
        send: (message, ports) => definition.send(message, settings, ports),
      };
    },
  };
}

/** Characters of an address. */
const URL_LENGTH = 1000;

/** What the form says about a setting, in the languages of its readers; goes into the setting's `.meta()`. */
export interface SettingWords {
  title: string;
  title_fr: string;
  /** Below the control: what the title leaves open. */
  description: string;
  description_fr: string;
}

/** An address that is called. */
export function httpUrl() {
  return urlThat(isHttpUrl);
}

/** The same, secret, for whoever knows a webhook's address can use it. */
export function secretUrl(words: SettingWords) {
  return httpUrl().meta({ secret: true, ...words });
}

/** The same again; empty, as it is by default, it means none. */
export function secretUrlOrNone(words: SettingWords) {
  return urlThat((text) => text === '' || isHttpUrl(text))
    .default('')
    .meta({ secret: true, ...words });
}

/** The language that a channel's messages are written in. */
export function messageLanguage() {
  return z
    .enum(LANGUAGES)
    .default('en')
    .meta({
      title: 'Language of the messages',
      title_fr: 'Langue des messages',
      choices: { en: 'English', fr: 'Français' } satisfies Record<Language, string>,
    });
}

function urlThat(fits: (text: string) => boolean) {
  return z.string().max(URL_LENGTH).refine(fits, { error: 'must be an http:// or https:// URL' });
}

/** Whether a text is an absolute web address. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
