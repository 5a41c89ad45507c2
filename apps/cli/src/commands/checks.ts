import type { BulkBody, BulkOutcome, Check } from '@vigie/contract';
import {
  allChecks,
  checkId,
  lastText,
  nameText,
  scheduleText,
  secondsText,
  statusText,
} from '../client/checks.ts';
import { ClientError } from '../client/client.ts';
import { type ActionCall, clientCommand, onlyWord, queryOf, textFlags } from '../client/client-command.ts';
import { isUuid } from '../client/ping-address.ts';
import { countText, tableText, timeText } from '../client/words.ts';
import { type Command, UsageError } from '../command.ts';

/** Checks that the server changes at once. */
const BATCH = 1000;

async function list(call: ActionCall): Promise<void> {
  const [text, ...more] = call.words;
  if (more.length > 0) throw new UsageError('at most one text to look for');
  const status = textFlags(call, 'status').map((word) => (word === 'late' ? 'grace' : word));
  const checks = await allChecks(call, { q: text, tag: textFlags(call, 'tag'), status, sort: 'name' });
  const rows = checks.map((check) => [
    check.id,
    statusText(check),
    nameText(check),
    scheduleText(check),
    lastText(check.last_ping),
    check.tags.join(' '),
  ]);
  const table = tableText([['ID', 'STATUS', 'NAME', 'SCHEDULE', 'LAST PING', 'TAGS'], ...rows]);
  call.show(checks, rows.length === 0 ? 'there are no such checks' : table);
}

async function get(call: ActionCall): Promise<void> {
  const id = await checkId(call, onlyWord(call, 'check, by id or slug,'));
  const check = await call.client.call<Check>('GET', `/checks/${encodeURIComponent(id)}`);
  call.show(check, checkText(check));
}

function checkText(check: Check): string {
  const { deadline, down_since: down, description } = check;
  return [
    `${nameText(check)}: ${statusText(check)}`,
    `id        ${check.id}`,
    `slug      ${check.slug || 'none'}`,
    `tags      ${check.tags.join(' ') || 'none'}`,
    `schedule  ${scheduleText(check)}, ${secondsText(check.grace)} of grace`,
    `last ping ${lastText(check.last_ping)}, ${countText(check.n_pings, 'ping')} in all`,
    ...(deadline === null ? [] : [`deadline  ${timeText(deadline)}`]),
    ...(down === null ? [] : [`down      since ${timeText(down)}`]),
    ...(check.ping_url === null ? [] : [`ping      ${check.ping_url}`]),
    ...(description === '' ? [] : [`about     ${description.replaceAll('\n', '\n          ')}`]),
  ].join('\n');
}

type Change = 'pause' | 'resume' | 'remove' | 'restore';

/** What is said of checks that were changed. */
const DONE: Readonly<Record<Change, string>> = {
  pause: 'paused',
  resume: 'resumed',
  remove: 'deleted; for 10 minutes vigie checks restore brings them back',
  restore: 'restored',
};

async function change(call: ActionCall, action: Change): Promise<void> {
  const tags = textFlags(call, 'tag');
  if (tags.length > 0 && call.words.length > 0) throw new UsageError('checks or tags, not both');
  if (tags.length === 0 && call.words.length === 0) {
    throw new UsageError('it needs checks, by id or slug, or --tag TAG for all that have it');
  }
  if (action === 'remove' && tags.length > 0 && call.flags['yes'] !== true) {
    throw new UsageError('--tag deletes every check that has it: add --yes');
  }
  const ids =
    tags.length > 0 ? (await allChecks(call, { tag: tags })).map(({ id }) => id) : await idsOf(call);
  if (ids.length === 0)
    throw new ClientError(`no check has ${tags.length === 1 ? 'the tag' : 'the tags'} ${tags.join(' and ')}`);
  const outcome = await changeAll(call, action, ids);
  const { done, failed } = outcome;
  const lines = done.length === 0 ? [] : [`${countText(done.length, 'check')} ${DONE[action]}`];
  call.show(outcome, [...lines, ...failed.map(({ id, message }) => `${id}: ${message}`)].join('\n'));
  if (failed.length > 0) throw new ClientError(`${countText(failed.length, 'check')} could not be changed`);
}

async function restore(call: ActionCall): Promise<void> {
  const slug = call.words.find((word) => !isUuid(word));
  if (slug !== undefined) throw new UsageError(`a deleted check is named by its id alone: ${slug}`);
  await change(call, 'restore');
}

async function idsOf(call: ActionCall): Promise<string[]> {
  const ids: string[] = [];
  for (const name of call.words) ids.push(await checkId(call, name));
  return ids;
}

async function changeAll(call: ActionCall, action: Change, ids: readonly string[]): Promise<BulkOutcome> {
  const all: BulkOutcome = { done: [], failed: [] };
  for (let from = 0; from < ids.length; from += BATCH) {
    const body: BulkBody = { action, ids: ids.slice(from, from + BATCH) };
    const { done, failed } = await call.client.call<BulkOutcome>(
      'POST',
      `/checks/bulk${queryOf(call, {})}`,
      body,
    );
    all.done.push(...done);
    all.failed.push(...failed);
  }
  return all;
}

const TAG = { tag: { type: 'string', multiple: true } } as const;

export const checks: Command = clientCommand('checks', 'Shows checks, pauses, resumes and deletes them.', [
  {
    name: 'list',
    usage: '[text] [--tag TAG ...] [--status up|late|down|new|paused|started ...]',
    summary: 'Lists checks by name: those that have all the tags and one of the statuses',
    options: { ...TAG, status: { type: 'string', multiple: true } },
    run: list,
  },
  { name: 'get', usage: '<id|slug>', summary: 'Shows a check whole', run: get },
  {
    name: 'pause',
    usage: '<id|slug> ... | --tag TAG ...',
    summary: 'Pauses checks: they are not late, and nobody is told',
    options: TAG,
    run: (call) => change(call, 'pause'),
  },
  {
    name: 'resume',
    usage: '<id|slug> ... | --tag TAG ...',
    summary: 'Lets paused checks wait for their next ping',
    options: TAG,
    run: (call) => change(call, 'resume'),
  },
  {
    name: 'delete',
    usage: '<id|slug> ... | --tag TAG ... --yes',
    summary: 'Deletes checks with their past',
    options: { ...TAG, yes: { type: 'boolean' } },
    run: (call) => change(call, 'remove'),
  },
  {
    name: 'restore',
    usage: '<id> ...',
    summary: 'Brings back checks that were deleted in the last 10 minutes',
    run: restore,
  },
]);
