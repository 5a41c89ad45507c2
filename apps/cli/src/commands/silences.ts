import type { Matcher, Page, Silence, SilencePreview } from '@vigie/contract';
import { type ActionCall, clientCommand, onlyWord, queryOf, textFlag } from '../client/client-command.ts';
import { countText, durationFrom, matcherFrom, matcherText, tableText, timeText } from '../client/words.ts';
import { type Command, UsageError } from '../command.ts';

async function list(call: ActionCall): Promise<void> {
  const state = call.flags['all'] === true ? undefined : ['active', 'pending'];
  const { items } = await call.client.call<Page<Silence>>('GET', `/silences${queryOf(call, { state })}`);
  const rows = items.map((silence) => [
    silence.id,
    silence.state,
    timeText(silence.ends_at),
    silence.matchers.map(matcherText).join(', '),
    `${silence.author}: ${silence.comment}`,
  ]);
  const table = tableText([['ID', 'STATE', 'UNTIL', 'MATCHERS', 'BY'], ...rows]);
  call.show(items, rows.length === 0 ? 'nothing is silenced' : table);
}

function matchersOf({ words }: ActionCall): Matcher[] {
  if (words.length === 0) throw new UsageError('at least one matcher is needed, such as severity=warning');
  return words.map(matcherFrom);
}

async function add(call: ActionCall): Promise<void> {
  const length = durationFrom(textFlag(call, 'for') ?? '1h');
  const starts = Date.now();
  const author = textFlag(call, 'author');
  const silence = await call.client.call<Silence>('POST', `/silences${queryOf(call, {})}`, {
    matchers: matchersOf(call),
    starts_at: new Date(starts).toISOString(),
    ends_at: new Date(starts + length).toISOString(),
    comment: textFlag(call, 'comment') ?? '',
    ...(author === undefined ? {} : { author }),
    ...(call.flags['confirm'] === true ? { confirm: true } : {}),
  });
  call.show(silence, `${silence.id} until ${timeText(silence.ends_at)}`);
}

async function preview(call: ActionCall): Promise<void> {
  const body = { matchers: matchersOf(call) };
  const hidden = await call.client.call<SilencePreview>(
    'POST',
    `/silences/preview${queryOf(call, {})}`,
    body,
  );
  const { alerts, checks } = hidden;
  const lines = [
    `${countText(alerts.count, 'alert')} that ${alerts.count === 1 ? 'fires' : 'fire'} now`,
    ...alerts.items.map(({ title }) => `  ${title}`),
    `${countText(checks.count, 'check')}, should ${checks.count === 1 ? 'it' : 'they'} go down`,
    ...checks.items.map(({ name }) => `  ${name}`),
  ];
  call.show(hidden, lines.join('\n'));
}

async function expire(call: ActionCall): Promise<void> {
  const id = onlyWord(call, 'id of a silence');
  const silence = await call.client.call<Silence>('DELETE', `/silences/${encodeURIComponent(id)}`);
  call.show(silence, `${id} is over`);
}

export const silences: Command = clientCommand('silences', 'Holds messages back, and nothing else.', [
  {
    name: 'list',
    usage: '[--all]',
    summary: 'Lists silences that hold or will hold; with --all also those that are over',
    options: { all: { type: 'boolean' } },
    run: list,
  },
  {
    name: 'add',
    usage: '<matcher> ... [--for 1h] --comment TEXT [--author NAME] [--confirm]',
    summary: 'Silences alerts whose labels match; one that matches everything needs --confirm',
    options: {
      for: { type: 'string' },
      comment: { type: 'string' },
      author: { type: 'string' },
      confirm: { type: 'boolean' },
    },
    run: add,
  },
  { name: 'preview', usage: '<matcher> ...', summary: 'Shows what a silence would hide', run: preview },
  { name: 'expire', usage: '<id>', summary: 'Ends a silence now', run: expire },
]);
