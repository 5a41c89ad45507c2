import type { ReportTexts } from './texts.ts';

const EVERY = { daily: 'daily', weekly: 'weekly', monthly: 'monthly' } as const;

export const en: ReportTexts = {
  language: 'en',
  colon: ': ',
  outages: (count) => (count === 0 ? 'no outages' : `${count} ${count === 1 ? 'outage' : 'outages'}`),
  uptime: (percent) => `${percent} uptime`,
  noData: 'no data',
  downNow: (count) => `${count} down now`,
  downFor: (duration) => `for ${duration}`,
  about: { daily: (date) => date, weekly: (date) => `week of ${date}`, monthly: (date) => date },
  zone: (zone) => `${zone} time`,
  label: {
    uptime: 'Uptime',
    outages: 'Outages',
    down: 'Time down',
    longest: 'Longest',
    checks: 'Checks',
    messages: 'Messages',
  },
  change: {
    uptime: {
      more: (before) => `up from ${before}`,
      less: (before) => `down from ${before}`,
      same: () => 'unchanged',
    },
    outages: { more: (by) => `${by} more`, less: (by) => `${by} fewer`, same: () => 'as many' },
    down: { more: (by) => `${by} more`, less: (by) => `${by} less`, same: () => 'as long' },
  },
  against: {
    daily: 'Compared with the day before.',
    weekly: 'Compared with the week before.',
    monthly: 'Compared with the month before.',
  },
  nothingBefore: 'There is no data from before to compare with.',
  title: {
    downNow: 'Down now',
    failed: 'Checks that went down',
    environments: 'By environment',
    noisiest: 'Most messages',
    silent: 'No data',
  },
  nothingDown: 'Nothing is down now.',
  noOutages: 'No check went down.',
  silentHint: 'New or paused all the time; in no figure.',
  more: (count) => `and ${count} more`,
  unwatched: (duration) => `No server was running for ${duration}: that time is in no figure.`,
  footer: (site, project, period) =>
    `You get this ${EVERY[period]} report because you are a member of ${project} on ${site}.`,
  unsubscribe: 'Unsubscribe',
  dashboard: 'Dashboard',
  page: {
    title: 'Unsubscribe?',
    question: (project, period) => `No more ${EVERY[period]} reports about ${project} by mail.`,
    button: 'Unsubscribe',
    hint: 'Messages about outages go on, and so do your other reports.',
    done: 'Unsubscribed',
    doneText: (project, period) => `You get no more ${EVERY[period]} reports about ${project}.`,
    doneHint: 'You can turn them on again once you are signed in.',
    gone: 'Nothing here any more',
    goneText: 'You are not a member of this project any more, and get no reports about it.',
    forged: 'No such link',
    forgedText: 'This link is not one of ours, or a part of it is missing. Copy it whole from the mail.',
  },
};
