import type { Alert, Check, Page, Summary } from '@vigie/contract';
import { allChecks, lastText, nameText } from '../client/checks.ts';
import { type ActionCall, queryOf, singleCommand } from '../client/client-command.ts';
import { countText, tableText, timeText } from '../client/words.ts';
import { type Command, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

/** Alerts that are listed; the sum counts all. */
const PAGE = '100';

interface State {
  summary: Summary;
  down: Check[];
  late: Check[];
  firing: Alert[];
}

async function status(call: ActionCall): Promise<void> {
  if (call.words.length > 0) throw new UsageError(`it takes no words: ${call.words[0]}`);
  const state = await stateOf(call);
  call.show({ ...state, state: wordOf(state) }, stateText(state));
  call.exit(EXIT[wordOf(state)]);
}

async function stateOf(call: ActionCall): Promise<State> {
  const query = queryOf(call, { state: 'firing', limit: PAGE });
  const [summary, down, late, firing] = await Promise.all([
    call.client.call<Summary>('GET', `/summary${queryOf(call, {})}`),
    allChecks(call, { status: 'down', sort: 'down_since' }),
    allChecks(call, { status: 'grace', sort: 'deadline' }),
    call.client.call<Page<Alert>>('GET', `/alerts${query}`),
  ]);
  return { summary, down, late, firing: firing.items };
}

function wordOf({ down, late, summary }: State): 'ok' | 'late' | 'down' {
  if (down.length > 0 || summary.alerts.firing > 0) return 'down';
  return late.length > 0 ? 'late' : 'ok';
}

/** What hurts first, and a line with the sums. */
function stateText({ summary, down, late, firing }: State): string {
  const rows = [
    ...firing.map((alert) => [
      'FIRING',
      alert.title,
      `${alert.severity}, since ${timeText(alert.starts_at)}`,
    ]),
    ...down.map((check) => ['DOWN', nameText(check), `since ${lastText(check.down_since)}`]),
    ...late.map((check) => ['LATE', nameText(check), `down at ${lastText(check.deadline)}`]),
  ];
  const { total, ...counts } = summary.checks;
  const words = [
    `${counts.up} up`,
    `${counts.grace} late`,
    `${counts.down} down`,
    `${counts.new} new`,
    `${counts.paused} paused`,
    `${counts.started} running`,
  ];
  const shown = words.filter((word) => !word.startsWith('0 '));
  const sum = `${countText(total, 'check')}${shown.length === 0 ? '' : `: ${shown.join(', ')}`}`;
  const fires =
    summary.alerts.firing === 0 ? 'nothing fires' : `${countText(summary.alerts.firing, 'alert')} firing`;
  return [...(rows.length === 0 ? [] : [tableText(rows)]), `${sum}; ${fires}`].join('\n');
}

export const statusCommand: Command = singleCommand(
  {
    name: 'status',
    usage: '',
    summary: 'Says what is down, late or firing; the exit code says it too.',
    run: status,
  },
  `Exit codes: ${EXIT.ok} all is well, ${EXIT.late} something is late, ${EXIT.down} something is down or an alert fires,
${EXIT.failure} the server cannot be asked.`,
);
