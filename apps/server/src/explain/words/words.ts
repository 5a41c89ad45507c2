/** What the account of alerts says, in each language. */
import type { Language } from '../../notify/texts/texts.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** By which way a message goes. */
export type Way = 'direct' | 'default' | 'both' | 'chosen' | 'as firing' | 'fallback';
/** Why a message goes to nobody. */
export type Nowhere = 'chosen' | 'declined' | 'fallback' | 'as firing' | 'none' | 'no channel' | 'none works';
/** What is sent. */
export type Noun = 'firing' | 'resolved' | 'other';

/** A silence, a window, or a setting, and what became of it. */
export interface Change {
  what: 'silence' | 'window' | 'setting';
  /** Its comment or name; empty = it has none. */
  said: string;
  did: string;
  /** Who; empty = nobody in particular. */
  by: string;
  /** Until when it is in force; empty = nothing to say. */
  until: string;
}

/**
 * The sentences of stories. Names and what people or providers said are handed in and stand as they are. A missing
 * language, or a missing sentence of one, is a type error.
 */
export interface StoryWords {
  language: Language;
  /** `a, b and c` */
  list(parts: readonly string[]): string;
  unnamedAlert: string;
  lostAlert: string;
  aCheck: string;
  unnamedCheck: string;
  /** Begins a sentence. */
  someCheck: string;
  deletedCheck: string;
  deletedChannel: string;
  /** An alert and what it is about. */
  about(name: string, subject: string): string;
  /** `reason`: empty = none is known. */
  raised(title: string, reason: string): string;
  /** A failed run: its reason's code in words, and what was said about it. */
  quoted(words: string, said: string): string;
  held(by: string, until: string): string;
  hold: Record<'silence' | 'maintenance' | 'dependency' | 'flapping', (text: string) => string>;
  something: string;
  released: string;
  ways: Record<Way, string>;
  nowhere: Record<Nowhere, string>;
  /** `afterwards`: it was tried. */
  untold(why: string, afterwards: boolean): string;
  goes(noun: Noun, channels: string, way: string): string;
  reachedNobody: string;
  switchedOff(channels: string): string;
  resolved: string;
  unanswered: string;
  acknowledged(by: string, comment: string): string;
  takenBack(by: string): string;
  incident: Record<'opened' | 'joined' | 'resolved', (title: string) => string>;
  changed(change: Change): string;
  damped(check: string, why: string): string;
  aPolicy: string;
  /** An outage of a check that raised no alert. */
  flip(check: string, why: string): string;
  /** Nobody watched. */
  away(until: string, moved: number): string;
  /** `The message to Ops mail`; `kind`: as the ledger calls what is neither. */
  message(noun: Noun, kind: string, channel: string): string;
  /** What became of one try; `said`: `: HTTP 500`, or empty. */
  tried: Record<
    'sent' | 'retry' | 'failed' | 'skipped' | 'late',
    (message: string, n: number, said: string) => string
  >;
  waits: Record<'queued' | 'gathered', (message: string) => string>;
  digest: Record<'sent' | 'failed' | 'skipped', (channel: string, said: string) => string>;
  /** How a message went, after its channel's name; `at`: empty = not known. */
  verdict: {
    sent(at: string): string;
    queued: string;
    again(said: string): string;
    failed(tries: number, said: string): string;
    skipped(said: string): string;
    /** `became`: what `sent` says of the digest. */
    inDigest: { waiting: string; sent(became: string): string; failed(said: string): string };
  };
  /** Stands between a statement and what explains it. */
  colon: string;
}

const WORDS: Record<Language, StoryWords> = { en, fr };

export function wordsIn(language: Language): StoryWords {
  return WORDS[language];
}
