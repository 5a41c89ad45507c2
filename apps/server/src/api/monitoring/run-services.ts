/** Services looked at now, in the words of the user's own probe functions. */

import type { PresentedCheck } from '../../checks/manage.ts';
import type { Status } from '../../checks/model.ts';
import { checksWhere } from '../../checks/queries.ts';
import { AppError } from '../../errors.ts';
import type { Detail } from '../../probes/kind.ts';
import { overallStatus } from '../../probes/kinds/comprehensive/probe.ts';
import { type ServiceFilter, type StoredService, servicesOf } from '../../probes/read-services.ts';
import type { ProbeResult } from '../../probes/run-once.ts';
import type { CheckRow, ProbeRow } from '../../store/schema.ts';
import type { RestContext } from '../rest/define.ts';

/** Services of a project that one call looks at. */
const MOST_LOOKS = 500;
/** Services read at a time. */
const PAGE = 500;
/** Names that are told to who calls one that is not there. */
const MOST_HINTS = 50;
/** Runs at a time of one call. */
const AT_ONCE = 16;
/** Milliseconds for which a run is new enough to answer with. */
const FRESH = 5_000;

/** A service with its check. */
export interface Named {
  service: StoredService;
  check: PresentedCheck;
  /** The key of it in a report: slug, name or id. */
  name: string;
}

/** What a call about one service answers. */
export interface ServiceReport {
  status: 'healthy' | 'degraded' | 'unhealthy' | 'disabled';
  [detail: string]: Detail;
}

/** Every service of a project, each under a name of its own. */
export async function namedServices(context: RestContext, projectId: number): Promise<Named[]> {
  const all: Omit<Named, 'name'>[] = [];
  for (let after = 0, isMore = true; isMore; ) {
    const page = await withChecks(context, projectId, { after, limit: PAGE });
    all.push(...page.found);
    after = page.last;
    isMore = page.isMore;
  }
  const names = Map.groupBy(all, ({ check }) => nameOf(check));
  return all.map((one) => {
    const name = nameOf(one.check);
    return { ...one, name: names.get(name)?.length === 1 ? name : `${name} (${one.check.code})` };
  });
}

/** Services with their checks; one whose check is gone meanwhile is left out. */
async function withChecks(
  { store: { db } }: RestContext,
  projectId: number,
  filter: Omit<ServiceFilter, 'projectId'>,
) {
  const stored = await servicesOf(db, { projectId, ...filter });
  const ids = stored.map(({ probe }) => probe.check_id);
  const checks = ids.length === 0 ? [] : await checksWhere(db, { projectId, ids, limit: ids.length });
  const byId = new Map(checks.map((check) => [check.check_id, check]));
  const found = stored.flatMap((service) => {
    const check = byId.get(service.probe.check_id);
    return check === undefined ? [] : [{ service, check }];
  });
  return { found, last: ids.at(-1) ?? 0, isMore: stored.length === filter.limit };
}

type Called = Pick<CheckRow, 'id' | 'code' | 'slug' | 'name'> & Pick<ProbeRow, 'kind'>;

/**
 * The service that a name means: its check's id, slug or name, else its kind where there is one of it. Letter case
 * does not matter. @throws AppError `not_found`, which names some that there are.
 */
export async function serviceCalled(context: RestContext, projectId: number, wanted: string): Promise<Named> {
  const services = await context.store.db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .select(['checks.id', 'checks.code', 'checks.slug', 'checks.name', 'probes.kind'])
    .where('probes.project_id', '=', projectId)
    .orderBy('checks.id')
    .execute();
  const called = meant(services, wanted.toLowerCase());
  const checkIds = called === undefined ? [] : [called.id];
  const { found } = await withChecks(context, projectId, { checkIds, limit: 1 });
  if (found[0] !== undefined) return { ...found[0], name: nameOf(found[0].check) };
  const known = services.slice(0, MOST_HINTS).map(nameOf);
  const hint = known.length === 0 ? 'there is none yet' : `there are ${known.join(', ')}`;
  throw new AppError('not_found', `no such service: ${hint}`);
}

function meant(services: readonly Called[], wanted: string): Called | undefined {
  const named = services.find(({ code, slug, name }) =>
    [code, slug, name].some((own) => own.toLowerCase() === wanted),
  );
  if (named !== undefined) return named;
  const ofKind = services.filter(({ kind }) => kind === wanted);
  return ofKind.length === 1 ? ofKind[0] : undefined;
}

function nameOf({ slug, name, code }: Pick<CheckRow, 'slug' | 'name' | 'code'>): string {
  return slug || name || code;
}

/** Looks at a service, unless that was done a moment ago; a paused one is disabled. Never throws for its failure. */
export async function reportOn(context: RestContext, named: Named): Promise<ServiceReport> {
  const { service, check } = named;
  const { probe, state } = service;
  // One of the future was made before the clock was set back.
  const age = state === null ? FRESH : context.clock.now() - state.at;
  if (check.status === 'paused' || (age >= 0 && age < FRESH)) return lastReport(context, named);
  const parents = check.dependsOn.map(({ code }) => code);
  const result = await context.probes.engine.look(probe, parents);
  const [after] = await servicesOf(context.store.db, {
    projectId: probe.project_id,
    checkIds: [probe.check_id],
    limit: 1,
  });
  return shown(result, after?.state?.warned ?? [], after?.state?.message ?? '');
}

/** A service as its last run left it. */
function lastReport({ clock }: RestContext, { service: { state }, check }: Named): ServiceReport {
  const timestamp = stamp(clock.now());
  if (check.status === 'paused') return { status: 'disabled', message: 'the service is paused', timestamp };
  if (state === null) return { status: 'unhealthy', error: 'it has not been looked at yet', timestamp };
  return shown(resultOf(state), state.warned, state.message);
}

function resultOf(state: NonNullable<StoredService['state']>): ProbeResult {
  const { at, duration, reason, message, found } = state;
  const failure =
    reason === ''
      ? null
      : { reason: reason as NonNullable<ProbeResult['failure']>['reason'], message, phase: null };
  return { at, duration, failure, ...found };
}

/** `message`: what the judgement of the run says, which a limit that was passed may have made a failure. */
function shown(result: ProbeResult, warned: readonly string[], message: string): ServiceReport {
  const { failure, details, at, duration } = result;
  const error = failure?.message ?? message;
  const status = error !== '' ? 'unhealthy' : warned.length > 0 ? 'degraded' : 'healthy';
  return {
    ...details,
    // The run itself was well: its limits were not kept.
    ...(error === '' ? {} : { error, reason: failure?.reason ?? 'threshold' }),
    ...(warned.length === 0 ? {} : { warnings: [...warned] }),
    response_time_ms: Math.round(duration * 100) / 100,
    timestamp: stamp(at),
    status,
  };
}

export function stamp(at: number): string {
  return new Date(at).toISOString();
}

/** The report on all of a project's services. */
export interface ComprehensiveReport {
  overall_status: 'healthy' | 'degraded' | 'critical';
  healthy_services: number;
  total_services: number;
  services: Record<string, ServiceReport>;
  errors: string[];
  timestamp: string;
}

/** Looks at every service, some at a time; beyond a bound at what the last runs of the others found. */
export async function reportOnAll(context: RestContext, projectId: number): Promise<ComprehensiveReport> {
  const all = await namedServices(context, projectId);
  const reports = new Map(all.map((named) => [named.name, lastReport(context, named)]));
  const waiting = all.slice(0, MOST_LOOKS);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      reports.set(next.name, await reportOn(context, next));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return summed(Object.fromEntries(reports), context.clock.now());
}

/** Degraded as long as more than half are healthy, as the user's own report has it; what is disabled is not counted. */
export function summed(services: Record<string, ServiceReport>, now: number): ComprehensiveReport {
  const counted = Object.entries(services).filter(([, { status }]) => status !== 'disabled');
  const healthy = counted.filter(([, { status }]) => status !== 'unhealthy').length;
  return {
    overall_status: overallStatus(healthy, counted.length),
    healthy_services: healthy,
    total_services: counted.length,
    services,
    errors: counted
      .filter(([, { status }]) => status === 'unhealthy')
      .map(([name, { error }]) => `${name}: ${String(error ?? '')}`),
    timestamp: stamp(now),
  };
}

/** Statuses of checks that are as they should be. */
export const HEALTHY: ReadonlySet<Status> = new Set<Status>(['up', 'grace', 'started']);
