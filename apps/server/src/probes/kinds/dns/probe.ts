import { promises as dnsPromises } from 'node:dns';
import { isIP } from 'node:net';
import { z } from 'zod';
import { codeOf } from '../../../notify/failure.ts';
import { placeOf } from '../../connection.ts';
import { asProbeFailure, ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { hostName, portNumber } from '../../setting-types.ts';
import { isSameAnswer, linesOf, RECORD_TYPES } from './records.ts';

const settings = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[A-Za-z0-9._*:-]+$/, { error: 'must be a name' })
    .meta({ title: 'Name', title_fr: 'Nom' }),
  type: z.enum(RECORD_TYPES).default('A').meta({ title: 'Type', title_fr: 'Type' }),
  server: hostName().optional().meta({
    title: 'Server',
    title_fr: 'Serveur',
    description: 'Without one, those of the system',
    description_fr: 'Sans serveur, ceux du système',
  }),
  port: portNumber().default(53).meta({ title: 'Port', title_fr: 'Port' }),
  expect: z.array(z.string().min(1).max(1_000)).max(50).default([]).meta({
    title: 'Answers that must be there',
    title_fr: 'Réponses attendues',
    description: 'One a line, e.g. 192.0.2.1 or 10 mail.example.org',
    description_fr: 'Une par ligne, par exemple 192.0.2.1 ou 10 mail.example.org',
  }),
  nothing_else: z.boolean().default(false).meta({
    title: 'And nothing else',
    title_fr: 'Et rien d’autre',
  }),
});

type Settings = z.output<typeof settings>;

/** What a DNS server says of a name. `/etc/hosts` is not looked at. */
export const dns = defineProbe({
  kind: 'dns',
  title: 'DNS',
  interval: 60,
  timeout: 5,
  settings,
  instance: ({ server, port, name }) => (server === undefined ? name : placeOf(server, port)),
  async probe(given, run) {
    const resolver = await resolverOf(given, run);
    const cancel = (): void => resolver.cancel();
    run.signal.addEventListener('abort', cancel, { once: true });
    const from = performance.now();
    try {
      const answers = await run.phase('query', () => ask(resolver, given));
      run.measure('probe_dns_lookup_time_seconds', (performance.now() - from) / 1000);
      run.measure('probe_dns_answer_rrs', answers.length);
      run.detail('answers', answers.slice(0, 50));
      judge(answers, given);
    } finally {
      run.signal.removeEventListener('abort', cancel);
    }
  },
});

async function resolverOf({ server, port }: Settings, run: ProbeRun): Promise<dnsPromises.Resolver> {
  // The run's end comes first: c-ares would begin again.
  const resolver = new dnsPromises.Resolver({ timeout: run.timeLeft() + 1_000, tries: 1 });
  if (server !== undefined) {
    const address = await run.phase('resolve', () => run.address(server));
    resolver.setServers([isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`]);
  }
  return resolver;
}

async function ask(resolver: dnsPromises.Resolver, given: Settings): Promise<string[]> {
  const { name, type } = given;
  try {
    if (type === 'PTR' && isIP(name) !== 0) return await resolver.reverse(name);
    return linesOf(await resolver.resolve(name, type));
  } catch (error) {
    throw queryFailure(error, given);
  }
}

/** Codes of c-ares (Node.js documentation, "DNS error codes"). */
function queryFailure(error: unknown, { name, type, server, port }: Settings): ProbeFailure {
  const who = server === undefined ? 'the DNS server of this system' : placeOf(server, port);
  const cause = { cause: error };
  switch (codeOf(error)) {
    case 'ENOTFOUND':
      return new ProbeFailure('dns', `${who} says that there is no ${name}`, cause);
    case 'ENODATA':
      return new ProbeFailure('dns', `${who} has no ${type} of ${name}`, cause);
    case 'ESERVFAIL':
      return new ProbeFailure('dns', `${who} failed to look up ${name} (SERVFAIL)`, cause);
    case 'EREFUSED':
      return new ProbeFailure('dns', `${who} refuses to look up ${name} (REFUSED)`, cause);
    case 'ECONNREFUSED':
      return new ProbeFailure('refused', `${who} refused the query: nothing listens there`, cause);
    case 'EBADRESP':
    case 'EFORMERR':
    case 'ENOTIMP':
      return new ProbeFailure('protocol', `${who} does not answer in DNS`, cause);
    case 'EBADNAME':
      return new ProbeFailure('config', `${name} is no name that can be asked for`, cause);
    default:
      return asProbeFailure(error);
  }
}

function judge(answers: readonly string[], { expect, nothing_else, name, type }: Settings): void {
  const missing = expect.find((wanted) => !answers.some((answer) => isSameAnswer(answer, wanted)));
  const shown = answers.slice(0, 5).join(', ');
  if (missing !== undefined) {
    throw new ProbeFailure('assertion', `${type} of ${name} is ${shown}; wanted ${missing}`);
  }
  if (!nothing_else) return;
  const stray = answers.find((answer) => !expect.some((wanted) => isSameAnswer(answer, wanted)));
  if (stray !== undefined) throw new ProbeFailure('assertion', `${type} of ${name} is also ${stray}`);
}
