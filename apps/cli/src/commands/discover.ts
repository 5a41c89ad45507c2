import { secondsText } from '../client/checks.ts';
import { parseFlags } from '../client/client-command.ts';
import { tableText } from '../client/words.ts';
import { type Command, type Output, UsageError } from '../command.ts';
import {
  type Proposals,
  type ProposedCheck,
  type ProposedService,
  withOwnNames,
} from '../discover/proposal.ts';
import { discover } from '../discover/sources.ts';

const FLAGS = {
  crontab: { type: 'string' },
  timers: { type: 'string' },
  compose: { type: 'string' },
  json: { type: 'boolean' },
  text: { type: 'boolean' },
  yaml: { type: 'boolean' },
} as const;

async function run(args: readonly string[], output: Output): Promise<void> {
  const { values: flags, positionals } = parseFlags([...args], FLAGS);
  if (positionals.length > 0) throw new UsageError(`it takes no words: ${positionals[0]}`);
  const forms = ['json', 'text', 'yaml'].filter((form) => flags[form] === true);
  if (forms.length > 1) throw new UsageError(`--${forms.join(' and --')} exclude one another`);
  const named = (name: 'crontab' | 'timers' | 'compose'): string | undefined => {
    const value = flags[name];
    return typeof value === 'string' ? value : undefined;
  };
  const wanted = { crontab: named('crontab'), timers: named('timers'), compose: named('compose') };
  const found = uniquely(await discover(wanted, Date.now()));
  const form = forms[0] ?? (output.terminal ? 'text' : 'json');
  if (form === 'json') output.out(JSON.stringify(found, null, 2));
  else output.out(form === 'yaml' ? await yamlText(found) : humanText(found));
}

/** Checks and services of one file have names of their own among all of them. */
function uniquely({ checks, services, skipped }: Proposals): Proposals {
  const names = withOwnNames<{ name: string }>([...services, ...checks]).map(({ name }) => name);
  return {
    services: services.map((service, at) => ({ ...service, name: names[at] ?? service.name })),
    checks: checks.map((check, at) => {
      const name = names[services.length + at] ?? check.name;
      const wiring = check.wiring?.replace(`--check ${check.name} `, `--check ${name} `) ?? null;
      return { ...check, name, wiring };
    }),
    skipped,
  };
}

/** Sections of vigie.yml. */
async function yamlText({ checks, services }: Proposals): Promise<string> {
  const { stringify } = await import('yaml');
  const document = {
    ...(checks.length === 0
      ? {}
      : { checks: Object.fromEntries(checks.map((check) => [check.name, checkEntry(check)])) }),
    ...(services.length === 0
      ? {}
      : { services: Object.fromEntries(services.map((service) => [service.name, serviceEntry(service)])) }),
  };
  const notes = services.flatMap(({ name, notes: own }) => own.map((note) => `# ${name}: ${note}\n`));
  return notes.join('') + stringify(document, { lineWidth: 0 }).trimEnd();
}

function checkEntry({ name, source: _source, wiring: _wiring, description, ...rest }: ProposedCheck) {
  // A dollar sign would begin a variable.
  return { slug: name, ...rest, description: description.replaceAll('${', () => '$${') };
}

function serviceEntry({ name: _name, source: _source, notes: _notes, ...rest }: ProposedService) {
  return rest;
}

function humanText({ checks, services, skipped }: Proposals): string {
  const parts = [
    table('CHECKS', [
      ['CHECK', 'WHEN', 'GRACE', 'FOUND IN'],
      ...checks.map((check) => [check.name, whenText(check), secondsText(check.grace), check.source]),
    ]),
    table(
      'HOW THEY REPORT',
      checks.flatMap(({ wiring }) => (wiring === null ? [] : [[wiring]])),
    ),
    table('SERVICES', [
      ['SERVICE', 'KIND', 'EVERY', 'TIER', 'FOUND IN', 'SETTINGS'],
      ...services.map(serviceRow),
    ]),
    table(
      'TO SEE TO',
      services.flatMap(({ name, notes }) => notes.map((note) => [name, note])),
    ),
    table(
      'NOT PROPOSED',
      skipped.map(({ source, reason }) => [source, reason]),
    ),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'there is nothing to propose' : parts.join('\n\n');
}

/** Nothing where there is no more than a headline. */
function table(title: string, rows: readonly string[][]): string {
  const headed = rows[0]?.[0] === 'CHECK' || rows[0]?.[0] === 'SERVICE';
  return rows.length <= (headed ? 1 : 0) ? '' : `${title}\n${tableText(rows)}`;
}

function whenText({ schedule, timeout, time_zone: zone }: ProposedCheck): string {
  if (schedule === undefined) return `every ${secondsText(timeout ?? 0)}`;
  return `${schedule.replaceAll('\n', '; ')} (${zone})`;
}

function serviceRow({ name, kind, interval, tier, source, settings }: ProposedService): string[] {
  return [name, kind, secondsText(interval), String(tier), source, Object.values(settings).flat().join(' ')];
}

export const discoverCommand: Command = {
  name: 'discover',
  usage: '[--crontab FILE] [--timers FOLDER] [--compose FILE] [--yaml]',
  summary: 'Proposes checks and services for what this machine runs; it changes nothing.',
  words: {
    flags: Object.entries(FLAGS).map(([name, { type }]) => ({
      name: `--${name}`,
      takesValue: type === 'string',
    })),
  },
  help: () => `  --crontab FILE   a crontab; of /etc/crontab and in cron.d the second word is a user
  --timers FOLDER  systemd units: each timer in it
  --compose FILE   a compose file
Without any of them: the crontab of whoever asks, /etc/crontab, /etc/cron.d, the enabled timers, and the compose file
of this folder.
  --yaml           sections checks: and services: for vigie.yml; passwords only ever as \${NAME}
  --json, --text   the one or the other; unless told text on a terminal, JSON where a program reads it`,
  run,
};
