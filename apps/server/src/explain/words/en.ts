import type { Noun, StoryWords } from './words.ts';

const NOUNS: Record<Exclude<Noun, 'other'>, string> = { firing: 'message', resolved: 'resolution' };
const THINGS = { silence: 'silence', window: 'maintenance window', setting: 'setting' };

export const en: StoryWords = {
  language: 'en',
  list: (parts) =>
    parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`,
  unnamedAlert: 'An unnamed alert',
  lostAlert: 'An alert that is not kept any more',
  aCheck: 'a check',
  unnamedCheck: 'an unnamed check',
  someCheck: 'An unnamed check',
  deletedCheck: 'a deleted check',
  deletedChannel: 'a deleted channel',
  about: (name, subject) => `${name} of ${subject}`,
  raised: (title, reason) => `${title} was raised${reason === '' ? '' : `: ${reason}`}.`,
  quoted: (words, said) => `${words}: "${said}"`,
  held: (by, until) =>
    `Nobody is told yet: held back by ${by}${until === '' ? '' : `, until ${until} at least`}.`,
  hold: {
    silence: (text) => (text === '' ? 'a silence' : `the silence "${text}"`),
    maintenance: (text) => (text === '' ? 'a maintenance window' : `the maintenance window "${text}"`),
    dependency: (text) => `${text}, on which it depends and which is down or late`,
    flapping: (text) => `its flapping (${text})`,
  },
  something: 'something',
  released: 'Nothing holds it back any more.',
  ways: {
    direct: "the check's own channels",
    default: "the project's channels",
    both: "the check's and the project's channels",
    chosen: 'the channels chosen for it',
    'as firing': 'whoever was told that it fires',
    fallback: "the project's channels that it had not gone to",
  },
  nowhere: {
    chosen: 'none of the channels chosen for it works',
    declined: 'its channels want no such messages',
    fallback: 'no message arrived, and there is no other channel to try',
    'as firing': 'no channel that was told that it fires is left',
    none: 'it has no channel of its own that works, and the project tells of nothing else',
    'no channel': 'there is no channel for it',
    'none works': 'no channel for it works',
  },
  untold: (why, afterwards) => `Nobody ${afterwards ? 'was' : 'is'} told: ${why}.`,
  goes: (noun, channels, way) =>
    `The ${noun === 'other' ? 'message' : NOUNS[noun]} goes to ${channels}: ${way}.`,
  reachedNobody: 'It reached nobody so far.',
  switchedOff: (channels) => `Switched off: ${channels}.`,
  resolved: 'Resolved.',
  unanswered: 'The drill is over and was not answered.',
  acknowledged: (by, comment) => `Acknowledged by ${by}${comment === '' ? '' : `: "${comment}"`}.`,
  takenBack: (by) => `The acknowledgement was taken back by ${by}.`,
  incident: {
    opened: (title) => `It opened the incident "${title}".`,
    joined: (title) => `It joined the incident "${title}".`,
    resolved: (title) => `The incident "${title}" is over with it.`,
  },
  changed: ({ what, said, did, by, until }) => {
    const subject = said === '' ? `A ${THINGS[what]}` : `The ${THINGS[what]} "${said}"`;
    const happened = did === 'ends soon' ? did : `was ${did}`;
    return `${subject} ${happened}${by === '' ? '' : ` by ${by}`}${until === '' ? '' : `, until ${until}`}.`;
  },
  damped: (check, why) => `No alert for ${check}: ${why}.`,
  aPolicy: 'a policy of it',
  flip: (check, why) =>
    `${check} went down (${why}) and raised no alert of its own: a policy held it back, or one fired already.`,
  away: (until, moved) =>
    `Vigie itself was away until ${until}: nobody watched, and deadlines of ${moved} checks were moved.`,
  message: (noun, kind, channel) => `The ${noun === 'other' ? kind : NOUNS[noun]} to ${channel}`,
  tried: {
    sent: (message, n, said) => `${message} was sent${n > 1 ? ` at try ${n}` : ''}${said}.`,
    retry: (message, n, said) => `Try ${n} of ${lower(message)} failed and is repeated${said}.`,
    failed: (message, n, said) => `${message} failed for good at try ${n}${said}.`,
    skipped: (message, _, said) => `${message} was not sent${said}.`,
    late: (message, n, said) => `Try ${n} of ${lower(message)} came too late to count${said}.`,
  },
  waits: {
    queued: (message) => `${message} waits to be sent.`,
    gathered: (message) => `${message} waits for a digest: the budget of the hour is used up.`,
  },
  digest: {
    sent: (channel, said) => `The digest to ${channel} that tells of it was sent${said}.`,
    failed: (channel, said) => `The digest to ${channel} that tells of it failed for good${said}.`,
    skipped: (channel, said) => `The digest to ${channel} that tells of it was not sent${said}.`,
  },
  verdict: {
    sent: (at) => `sent${at === '' ? '' : ` at ${at}`}`,
    queued: 'waits to be sent',
    again: (said) => `is tried again${said}`,
    failed: (tries, said) => `failed after ${tries} ${tries === 1 ? 'try' : 'tries'}${said}`,
    skipped: (said) => `not sent${said}`,
    inDigest: {
      waiting: 'in a digest, which waits for the end of the hour',
      sent: (became) => `in a digest, ${became}`,
      failed: (said) => `in a digest, which was not sent${said}`,
    },
  },
  colon: ': ',
};

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
