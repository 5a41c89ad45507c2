/** What became of messages, in plain sentences. Pure. */
import { instantText } from '../notify/texts/texts.ts';
import { cut } from './sentences.ts';
import { worded } from './words/phrases.ts';
import type { StoryWords } from './words/words.ts';

/** One message to one channel, as far as it got. */
export interface StoryDelivery {
  kind: string;
  state: string;
  channelName: string | null;
  attempts: number;
  /** The provider's answer, or what went wrong. */
  answer: string;
  /** The digest that it is part of, in place of being sent by itself; null = it is not. */
  digest: { state: string; finishedAt: number | null; answer: string } | null;
}

/** One try to send it. */
export interface StoryTry {
  n: number;
  outcome: string;
  answer: string;
}

/** What became of one try. */
export function tryText(
  delivery: StoryDelivery,
  { n, outcome, answer }: StoryTry,
  words: StoryWords,
): string {
  const known = outcome === 'sent' || outcome === 'retry' || outcome === 'failed' || outcome === 'skipped';
  return words.tried[known ? outcome : 'late'](messageName(delivery, words), n, saidText(answer, words));
}

/** A delivery that was not tried. */
export function untriedText(delivery: StoryDelivery, words: StoryWords): string {
  const { state, answer } = delivery;
  const message = messageName(delivery, words);
  if (state === 'queued' || state === 'gathered') return words.waits[state](message);
  return words.tried.skipped(message, 0, saidText(answer, words));
}

/** What became of the digest that a message is part of; null while it waits. */
export function digestText(delivery: StoryDelivery, words: StoryWords): string | null {
  const { digest, channelName } = delivery;
  if (digest === null || digest.state === 'queued') return null;
  const became = digest.state === 'sent' || digest.state === 'failed' ? digest.state : 'skipped';
  return words.digest[became](channelName ?? words.deletedChannel, saidText(digest.answer, words));
}

/** `Ops mail: sent`, `Ops mail: failed after 3 tries: HTTP 500`. */
export function deliveryVerdict(
  delivery: StoryDelivery & { finishedAt: number | null },
  words: StoryWords,
): string {
  return `${delivery.channelName ?? words.deletedChannel}${words.colon}${verdictText(delivery, words)}`;
}

function verdictText(
  { state, attempts, answer, finishedAt, digest }: StoryDelivery & { finishedAt: number | null },
  words: StoryWords,
): string {
  const { verdict } = words;
  const said = saidText(answer, words);
  if (state === 'sent') return verdict.sent(timeText(finishedAt));
  if (state === 'queued') return attempts === 0 ? verdict.queued : verdict.again(said);
  if (state === 'failed') return verdict.failed(attempts, said);
  if (state !== 'gathered') return verdict.skipped(said);
  if (digest === null || digest.state === 'queued') return verdict.inDigest.waiting;
  return digest.state === 'sent'
    ? verdict.inDigest.sent(verdict.sent(timeText(digest.finishedAt)))
    : verdict.inDigest.failed(saidText(digest.answer, words));
}

function timeText(at: number | null): string {
  return at === null ? '' : instantText(at);
}

function messageName({ kind, channelName }: StoryDelivery, words: StoryWords): string {
  const noun = kind === 'resolved' || kind === 'firing' ? kind : 'other';
  return words.message(noun, kind, channelName ?? words.deletedChannel);
}

/** Characters of a provider's answer in a sentence; the ledger of deliveries has the rest. */
const ANSWER_LENGTH = 200;

/** What was said, behind a colon: without line ends and the dot that the sentence has itself. Empty for nothing. */
function saidText(answer: string, words: StoryWords): string {
  if (answer === '') return '';
  const said = worded(answer, words.language).trim().replace(/\s+/g, ' ').replace(/\.$/, '');
  return `${words.colon}${cut(said, ANSWER_LENGTH)}`;
}
