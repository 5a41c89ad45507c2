import type { Page, ProbeRunView, Service } from '@vigie/contract';
import { ClientError } from '../client/client.ts';
import { type ActionCall, onlyWord, queryOf, singleCommand } from '../client/client-command.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

/** Milliseconds beyond the run's own time that its answer may take. */
const MARGIN = 10_000;
/** Measurements that people are shown. */
const SHOWN = 30;

/** The service of this name, slug or id. @throws ClientError where there is none, or several. */
async function serviceNamed(call: ActionCall, name: string): Promise<Service> {
  const found: Service[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = queryOf(call, { limit: '500', cursor });
    const page = await call.client.call<Page<Service>>('GET', `/services${query}`);
    found.push(...page.items.filter((one) => [one.id, one.slug, one.name].includes(name)));
    if (page.next === null) break;
    cursor = page.next;
  }
  const [service, second] = found;
  if (service === undefined) throw new ClientError(`there is no service ${name}`);
  if (second !== undefined) throw new ClientError(`several services are called ${name}: name one by its id`);
  return service;
}

async function probe(call: ActionCall): Promise<void> {
  const service = await serviceNamed(call, onlyWord(call, 'service, by name, slug or id,'));
  const patience = service.timeout * 1000 + MARGIN;
  const run = await call.client.call<ProbeRunView>(
    'POST',
    `/services/${service.id}/run`,
    undefined,
    patience,
  );
  call.show(run, runText(service, run));
  if (!run.ok) call.exit(EXIT.failure);
}

function runText({ name, kind, instance }: Service, run: ProbeRunView): string {
  const { ok, reason, message, phase, duration, phases, measurements } = run;
  const what = ok ? 'well' : `${reason}${phase === null ? '' : ` (${phase})`}: ${message}`;
  const shown = measurements.slice(0, SHOWN).map(({ name: metric, labels, value }) => {
    const own = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
    return `  ${metric}${own.length === 0 ? '' : `{${own.join(',')}}`} ${value}`;
  });
  const more = measurements.length - shown.length;
  return [
    `${name} (${kind}${instance === null ? '' : `, ${instance}`}): ${what}`,
    `  ${[`${duration.toFixed(3)} s`, ...phases.map((one) => `${one.name} ${one.duration.toFixed(3)} s`)].join(', ')}`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more, with --json`] : []),
  ].join('\n');
}

export const probeCommand: Command = singleCommand(
  {
    name: 'probe',
    usage: '<service>',
    summary: 'Probes a service now, once, and reports it as any other run',
    run: probe,
  },
  'The service is named by its name, slug or id. It ends with 0 where the service is well, else with 1.',
);
