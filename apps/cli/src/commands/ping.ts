import { type ActionCall, singleCommand, textFlag } from '../client/client-command.ts';
import { pingAddress, requireCheckName } from '../client/ping-address.ts';
import { type Report, sendPing } from '../client/ping-sender.ts';
import { type Command, UsageError } from '../command.ts';

/** Milliseconds that a ping may take with all its tries. */
const WITHIN = 15_000;
/** Bytes of a body read from standard input; servers keep 10,000 unless told. */
const LONGEST_BODY = 1_048_576;

const REPORTS = ['start', 'success', 'fail', 'log'] as const;

async function ping(call: ActionCall): Promise<void> {
  const at = Date.now();
  const [name, word = 'success', ...more] = call.words;
  if (name === undefined || more.length > 0) {
    throw new UsageError('it takes a check and at most one of start, success, fail, log or an exit status');
  }
  const report = reportFrom(word);
  const checked = requireCheckName(name);
  const rid = textFlag(call, 'rid');
  const given = textFlag(call, 'body');
  const body = given === '-' ? await readInput() : given;
  const address = await pingAddress(checked, call.connection, call.flags['create'] === true);
  const { text } = await sendPing(
    { address, report, at, ...(body === undefined ? {} : { body }), ...(rid === undefined ? {} : { rid }) },
    WITHIN,
  );
  call.show({ check: checked, report, answer: text }, text);
}

/** @throws UsageError */
function reportFrom(word: string): Report {
  const named = REPORTS.find((report) => report === word);
  if (named !== undefined) return named;
  if (/^\d{1,3}$/.test(word) && Number(word) <= 255) return Number(word);
  throw new UsageError(
    `not a report: ${word}; it takes ${REPORTS.join(', ')} or an exit status from 0 to 255`,
  );
}

async function readInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= LONGEST_BODY) break;
  }
  return Buffer.concat(parts).subarray(0, LONGEST_BODY);
}

export const pingCommand: Command = singleCommand(
  {
    name: 'ping',
    usage: '<uuid|slug|url> [start|success|fail|log|<exit status>] [--body TEXT]',
    summary: 'Reports to a check, and tries again for 15 s where the server does not answer.',
    options: {
      body: { type: 'string' },
      rid: { type: 'string' },
      create: { type: 'boolean' },
      'ping-key': { type: 'string' },
    },
    choices: REPORTS,
    run: ping,
  },
  `  --body TEXT      goes with the ping; - reads standard input
  --rid UUID       which run it is, where runs overlap: the same for its start and its end
  --create         makes a check with that slug where there is none
  --ping-key KEY   the project's ping key, for slugs; default VIGIE_PING_KEY, else HEALTHCHECKS_PING_KEY.
                   Without one the API key looks the slug up
HEALTHCHECKS_PING_URL is what stands before the UUID, unless --url or VIGIE_URL names a server.`,
);
