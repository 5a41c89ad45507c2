import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { httpUrlOf, isSuccess, jsonIn, jsonOf } from '../../http-answer.ts';
import { type HttpRequest, httpExchange } from '../../http-exchange.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf, serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';
import { type Health, healthOf, type Role, roleFailure } from './health.ts';
import { measureToken } from './token.ts';

const settings = z.strictObject({
  url: serviceUrl('http', 'https').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'http://host:8200',
    description_fr: 'http://hôte:8200',
  }),
  token: z
    .string()
    .max(2_000)
    .regex(/^[\x21-\x7e]*$/, { error: 'must be a token' })
    .default('')
    .meta({
      secret: true,
      title: 'Token',
      title_fr: 'Jeton',
      description: 'Its time left is measured; without one, only the health is looked at',
      description_fr: 'Sa durée restante est mesurée ; sans jeton, seule la santé est regardée',
    }),
  require_active: z.boolean().default(false).meta({
    title: 'Must be the active node',
    title_fr: 'Doit être le nœud actif',
  }),
  allow_secondary: z.boolean().default(false).meta({
    title: 'May be a disaster recovery secondary',
    title_fr: 'Peut être un secondaire de reprise après sinistre',
  }),
  tls_ca: tlsSettings().tls_ca,
});

type Settings = z.output<typeof settings>;
type Ask = (path: string, token?: string) => HttpRequest;

/** HashiCorp Vault and OpenBao: initialised, unsealed, in which role, with a token that lasts. */
export const vault = defineProbe({
  kind: 'vault',
  title: 'Vault',
  up: 'vault_up',
  interval: 300,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'vault_active_node_known', op: '<', warning: 1 },
    { metric: 'vault_token_ttl_seconds', op: '<', warning: 86_400, critical: 3_600 },
  ],
  instance: ({ url }) => instanceOf(url, url.startsWith('https:') ? 443 : 80),
  async probe(given, run) {
    const ask = asking(given, run);
    const { role: told, health } = healthOf(await httpExchange(ask('/v1/sys/health'), run));
    measure(health, run);
    const role = await seenRole(told, ask, run);
    run.measure('vault_active_node_known', role === 'standby without its active node' ? 0 : 1);
    run.detail('role', role);
    const failure = roleFailure(role, given);
    if (failure !== null) {
      const progress = role === 'sealed' ? await sealProgress(ask, run) : '';
      throw new ProbeFailure('unhealthy', failure + progress);
    }
    if (given.token === '') return;
    const lookup = ask('/v1/auth/token/lookup-self', run.secret(given.token));
    measureToken(await httpExchange(lookup, run), run);
  },
});

function asking(given: Settings, run: ProbeRun): Ask {
  const base = httpUrlOf(given.url, run);
  return (path, token) => {
    const url = new URL(base);
    url.pathname = base.pathname.replace(/\/$/, '') + path;
    url.search = '';
    const wanted: HttpRequest = { url, ca: given.tls_ca };
    return token === undefined ? wanted : { ...wanted, headers: { 'x-vault-token': token } };
  };
}

function measure(health: Health, run: ProbeRun): void {
  run.measure('vault_initialized', health.initialized ? 1 : 0);
  run.measure('vault_sealed', health.sealed ? 1 : 0);
  run.measure('vault_standby', health.standby ? 1 : 0);
  run.measure('vault_performance_standby', health.performance_standby ? 1 : 0);
  run.detail('initialized', health.initialized);
  run.detail('sealed', health.sealed);
  run.detail('version', health.version);
  run.detail('cluster_name', health.cluster_name);
}

const leader = z.object({ leader_address: z.string() });

/** A standby that has met no active node yet, or lost it in an election, has the same status as any other. */
async function seenRole(told: Role, ask: Ask, run: ProbeRun): Promise<Role> {
  if (told !== 'standby') return told;
  const answer = await httpExchange(ask('/v1/sys/leader'), run);
  const read = isSuccess(answer) ? leader.safeParse(jsonIn(answer)) : null;
  return read?.success && read.data.leader_address === '' ? 'standby without its active node' : told;
}

const sealStatus = z.object({ t: z.number(), n: z.number(), progress: z.number() });

/** How far unsealing has come, for people; nothing when Vault does not say. */
async function sealProgress(ask: Ask, run: ProbeRun): Promise<string> {
  const answer = await httpExchange(ask('/v1/sys/seal-status'), run);
  const read = isSuccess(answer) ? sealStatus.safeParse(jsonOf(answer)) : null;
  if (!read?.success) return '';
  const { t, n, progress } = read.data;
  run.measure('vault_unseal_progress', progress);
  run.measure('vault_unseal_threshold', t);
  return `: ${progress} of ${t} keys given (there are ${n})`;
}
