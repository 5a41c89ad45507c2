/** Which services the list shows, and in which rows: by tier, what hurts first. Pure. */
import type { Service, ServiceState } from '@vigie/contract';
import { SERVICE_STATE_NAMES } from '../../components/service-states.ts';
import { words } from '../checks/search.ts';
import { type ServicesSearch, statesOf } from './search.ts';

/** A tier, and how many of its services are in which state. */
export interface TierRow {
  type: 'tier';
  /** Null = those without one. */
  tier: number | null;
  counts: StateCounts;
}

interface ServiceRow {
  type: 'service';
  service: Service;
}

export type Row = TierRow | ServiceRow;

export type StateCounts = Readonly<Record<ServiceState, number>>;

/** Those that a search asks for. */
export function matching(services: readonly Service[], search: ServicesSearch): Service[] {
  const texts = (search.q ?? '').toLowerCase().split(/\s+/);
  const states = statesOf(search);
  const kinds = words(search.kind);
  return services.filter(
    (service) =>
      (states.length === 0 || states.includes(service.state)) &&
      (kinds.length === 0 || kinds.includes(service.kind)) &&
      texts.every((text) => textOf(service).includes(text)),
  );
}

function textOf({ name, slug, kind, instance, tags, environment }: Service): string {
  return [name, slug, kind, instance ?? '', environment, ...tags].join('\n').toLowerCase();
}

/** The rows of a list: a head for each tier, then its services. */
export function rowsOf(services: readonly Service[]): Row[] {
  const byTier = Map.groupBy(services, ({ tier }) => tier);
  const tiers = [...byTier.keys()].sort(
    (a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY),
  );
  return tiers.flatMap((tier): Row[] => {
    const own = [...(byTier.get(tier) ?? [])].sort(byUrgency);
    const rows = own.map((service): Row => ({ type: 'service', service }));
    return [{ type: 'tier', tier, counts: countsOf(own) }, ...rows];
  });
}

function byUrgency(a: Service, b: Service): number {
  const rank = (service: Service): number => SERVICE_STATE_NAMES.indexOf(service.state);
  return rank(a) - rank(b) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id);
}

/** How many are in which state. */
export function countsOf(services: readonly Service[]): StateCounts {
  const counts: Record<ServiceState, number> = {
    unhealthy: 0,
    degraded: 0,
    unknown: 0,
    healthy: 0,
    paused: 0,
  };
  for (const { state } of services) counts[state] += 1;
  return counts;
}

/** A list with what was asked for anew in it: changed ones in their places, new ones last, gone ones away. */
export function renewed(
  services: readonly Service[],
  asked: readonly string[],
  found: readonly Service[],
): Service[] {
  const now = new Map(found.map((service) => [service.id, service]));
  const isAsked = new Set(asked);
  const known = new Set(services.map(({ id }) => id));
  const kept = services.flatMap((service) =>
    isAsked.has(service.id) ? (now.get(service.id) ?? []) : service,
  );
  return [...kept, ...found.filter(({ id }) => !known.has(id))];
}
