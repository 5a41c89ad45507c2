/** Services for those of a compose file. */
import { type ComposeService, composeServices } from './compose-service.ts';
import type { Proposals, ProposedService } from './proposal.ts';
import { Account, type Place, SERVICE_KINDS } from './service-kinds.ts';

/** Seconds that one run may take. */
const TIMEOUT = 10;
/** Ports at which web servers listen. */
const WEB_PORTS = new Set([80, 3000, 3001, 4000, 4999, 5000, 5173, 8000, 8080, 8081, 8888, 9090]);
const SECURE_WEB_PORTS = new Set([443, 8443]);

/** A probe for each service that can be looked at. `document`: the YAML as data. */
export function readCompose(
  document: unknown,
  source: string,
  env: Readonly<Record<string, string | undefined>>,
): Proposals {
  const found: Proposals = { checks: [], services: [], skipped: [] };
  for (const service of composeServices(document, env)) {
    const from = `${source}: ${service.name}`;
    const outcome = known(service, from) ?? worker(service, from) ?? published(service, from);
    if (outcome === null) {
      found.skipped.push({
        source: from,
        reason: 'its image is none that is known, and it publishes no port',
      });
    } else found.services.push(outcome);
  }
  return found;
}

function known(service: ComposeService, source: string): ProposedService | null {
  const kind = SERVICE_KINDS.find(({ images }) => service.image !== '' && images.test(service.image));
  if (kind === undefined) return null;
  const account = new Account(service);
  const place = placeOf(service, kind.port);
  const settings = kind.settings(place, account);
  const { tier, interval } = kind;
  const notes = [...account.notes, ...notesOf(place, service)];
  return { name: service.name, source, kind: kind.kind, settings, tier, interval, timeout: TIMEOUT, notes };
}

/** Celery's workers and its clock are told by their command. */
function worker(service: ComposeService, source: string): ProposedService | null {
  const [, role] = /\bcelery\b.*\s(worker|beat)\b/.exec(service.command) ?? [];
  if (role === undefined) return null;
  const common = { name: service.name, source, tier: 1, interval: 60, timeout: TIMEOUT };
  if (role === 'beat') {
    const note = 'settings.schedule must name the file of its --schedule as Vigie sees it';
    return { ...common, kind: 'celery-beat', settings: {}, notes: [note] };
  }
  const account = new Account(service);
  const broker = account.secret(['CELERY_BROKER_URL', 'BROKER_URL', 'REDIS_URL', 'CELERY_BROKER']);
  if (broker !== undefined) return { ...common, kind: 'celery', settings: { broker }, notes: account.notes };
  const notes = ['the environment of Vigie needs CELERY_BROKER_URL'];
  return { ...common, kind: 'celery', settings: { broker: `\${${'CELERY_BROKER_URL'}}` }, notes };
}

/** Whatever publishes a port: by HTTP where that is likely, else whether somebody listens. */
function published(service: ComposeService, source: string): ProposedService | null {
  const port = service.ports.find(({ published: own }) => own !== null);
  if (port === undefined || port.published === null) return null;
  const { host, published: number, target } = port;
  const common = { name: service.name, source, tier: 2, interval: 60, timeout: TIMEOUT };
  const scheme = SECURE_WEB_PORTS.has(target) ? 'https' : WEB_PORTS.has(target) ? 'http' : null;
  if (scheme === null) return { ...common, kind: 'tcp', settings: { host, port: number }, notes: [] };
  const notes = ['a path that says how it is, such as /health, says more than /'];
  return { ...common, kind: 'http', settings: { url: `${scheme}://${host}:${number}/` }, notes };
}

/** The published port, else the service itself: where Vigie runs among the others. */
function placeOf(service: ComposeService, target: number): Place {
  const port = service.ports.find((one) => one.target === target && one.published !== null);
  if (port === undefined || port.published === null) return { host: service.name, port: target };
  return { host: port.host, port: port.published };
}

function notesOf(place: Place, service: ComposeService): string[] {
  return place.host === service.name ? ['it publishes no port: Vigie must run in its network'] : [];
}
