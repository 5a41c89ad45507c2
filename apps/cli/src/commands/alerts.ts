import type { Alert, Page, StoryEntry } from '@vigie/contract';
import { type ActionCall, clientCommand, onlyWord, queryOf, textFlag } from '../client/client-command.ts';
import { instantFrom, matcherFrom, matcherText, tableText, timeText } from '../client/words.ts';
import { type Command, UsageError } from '../command.ts';

interface Story {
  story: StoryEntry[];
}

/** Alerts on one page of the list. */
const PAGE = '100';

/** What may be listed, and what is said where there is none of it. */
const STATES = { firing: 'nothing fires', resolved: 'nothing is over', all: 'there are no alerts' } as const;
type State = keyof typeof STATES;

async function list(call: ActionCall): Promise<void> {
  const filters = call.words.map(filterFrom);
  const state = stateWanted(call);
  const query = queryOf(call, {
    state: state === 'all' ? undefined : state,
    severity: textFlag(call, 'severity'),
    filter: filters,
    limit: PAGE,
  });
  const page = await call.client.call<Page<Alert>>('GET', `/alerts${query}`);
  const rows = page.items.map((alert) => [
    alert.id,
    stateOf(alert),
    alert.severity,
    timeText(alert.starts_at),
    alert.title,
  ]);
  const table = tableText([['ID', 'STATE', 'SEVERITY', 'SINCE', 'ALERT'], ...rows]);
  call.show(page, rows.length === 0 ? STATES[state] : table);
  if (page.next !== null) call.note(`only the newest ${PAGE}; narrow it with matchers`);
}

function isState(text: string): text is State {
  return Object.hasOwn(STATES, text);
}

/** @throws UsageError */
function stateWanted(call: ActionCall): State {
  const state = textFlag(call, 'state') ?? (call.flags['all'] === true ? 'all' : 'firing');
  if (isState(state)) return state;
  throw new UsageError(`--state must be one of ${Object.keys(STATES).join(', ')}: ${state}`);
}

/** @throws UsageError for what is no matcher, and for the state, which is typed like one. */
function filterFrom(word: string): string {
  const matcher = matcherFrom(word);
  if (matcher.name === 'state' && isState(matcher.value)) {
    throw new UsageError(`state is not a label: write --state ${matcher.value}`);
  }
  return matcherText(matcher);
}

/** In one word: the least of what an on-call person must know. */
function stateOf({ state, held, untold, acknowledged, drill }: Alert): string {
  if (state !== 'firing') return drill && acknowledged === null ? 'not answered' : state;
  if (acknowledged !== null) return 'acknowledged';
  if (held.length > 0) return 'held';
  return untold ? 'untold' : 'firing';
}

async function show(call: ActionCall): Promise<void> {
  const alert = await call.client.call<Alert>('GET', pathOf(onlyWord(call, 'id of an alert')));
  call.show(alert, alertText(alert));
}

function alertText(alert: Alert): string {
  const { acknowledged, resolved_at: resolved, notified_at: notified } = alert;
  return [
    `${alert.title}: ${stateOf(alert)}, ${alert.severity}`,
    `since    ${timeText(alert.starts_at)}`,
    ...(resolved === null ? [] : [`resolved ${timeText(resolved)}`]),
    notified === null ? 'nobody was told' : `told     ${timeText(notified)}`,
    ...alert.held.map(({ by, text, until }) => `held     by ${by} "${text}" until ${timeText(until)}`),
    ...(acknowledged === null ? [] : [`ack      ${timeText(acknowledged.at)} by ${acknowledged.by}`]),
    'labels:',
    ...pairs(alert.labels),
    'annotations:',
    ...pairs(alert.annotations),
  ].join('\n');
}

function pairs(record: Record<string, string>): string[] {
  return Object.entries(record).map(([name, value]) => `  ${name} = ${value.replaceAll('\n', '\n    ')}`);
}

async function acknowledge(call: ActionCall): Promise<void> {
  const id = onlyWord(call, 'id of an alert');
  const comment = textFlag(call, 'comment');
  const body = comment === undefined ? {} : { comment };
  const alert = await call.client.call<Alert>('POST', `${pathOf(id)}/acknowledge`, body);
  call.show(alert, `acknowledged by ${alert.acknowledged?.by ?? 'you'}`);
}

async function explain(call: ActionCall): Promise<void> {
  if (call.words.length > 0) {
    const told = await call.client.call<Story>('GET', `${pathOf(onlyWord(call, 'id of an alert'))}/explain`);
    return call.show(told, storyText(told));
  }
  const now = Date.now();
  const query = queryOf(call, {
    from: instantFrom(textFlag(call, 'from') ?? '24h', now),
    to: instantFrom(textFlag(call, 'to') ?? '0s', now),
    check: textFlag(call, 'check'),
  });
  const told = await call.client.call<Story>('GET', `/explain${query}`);
  call.show(told, storyText(told));
}

function storyText({ story }: Story): string {
  if (story.length === 0) return 'nothing happened';
  return story.map(({ at, text }) => `${timeText(at)}  ${text}`).join('\n');
}

function pathOf(id: string): string {
  return `/alerts/${encodeURIComponent(id)}`;
}

export const alerts: Command = clientCommand('alerts', 'Shows what is wrong, and what was done about it.', [
  {
    name: 'list',
    usage: '[matcher ...] [--severity S] [--state firing|resolved|all] [--all]',
    summary: 'Lists what fires, newest first; with --all also what is over',
    options: { severity: { type: 'string' }, state: { type: 'string' }, all: { type: 'boolean' } },
    run: list,
  },
  { name: 'show', usage: '<id>', summary: 'Shows an alert whole', run: show },
  {
    name: 'ack',
    usage: '<id> [--comment TEXT]',
    summary: 'Says that somebody is at it',
    options: { comment: { type: 'string' } },
    run: acknowledge,
  },
  {
    name: 'explain',
    usage: '[<id>] [--from TIME] [--to TIME] [--check ID]',
    summary:
      'Tells what became of an alert; without one, who was told of what, and why not, in that time (24h)',
    options: { from: { type: 'string' }, to: { type: 'string' }, check: { type: 'string' } },
    run: explain,
  },
]);
