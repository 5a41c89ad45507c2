/** Services looked at now, in the words of the user's own probe functions. */

import type { PresentedCheck } from '../../checks/manage.ts';
import type { Status } from '../../checks/model.ts';
import { checksWhere } from '../../checks/queries.ts';
import type { Detail } from '../../probes/kind.ts';
import { overallStatus } from '../../probes/kinds/comprehensive/probe.ts';
import { type StoredService, servicesOf } from '../../probes/read-services.ts';
import type { ProbeResult } from '../../probes/run-once.ts';
import type { RestContext } from '../rest/define.ts';

/** Services of a project that one call looks at. */
const MOST_SERVICES = 500;
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

export async function namedServices(context: RestContext, projectId: number): Promise<Named[]> {
  const { db } = context.store;
  const stored = await servicesOf(db, { projectId, limit: MOST_SERVICES });
  if (stored.length === 0) return [];
  const ids = stored.map(({ probe }) => probe.check_id);
  const checks = await checksWhere(db, { projectId, ids, limit: ids.length });
  const byId = new Map(checks.map((check) => [check.check_id, check]));
  return stored.flatMap((service) => {
    const check = byId.get(service.probe.check_id);
    return check === undefined ? [] : [{ service, check, name: check.slug || check.name || check.code }];
  });
}

/**
 * The service that a name means: its check's id, slug or name, else its kind where there is one of it. Letter case
 * does not matter.
 */
export function serviceCalled(services: readonly Named[], wanted: string): Named | undefined {
  const name = wanted.toLowerCase();
  const isCalled = ({ check }: Named): boolean =>
    [check.code, check.slug, check.name].some((own) => own.toLowerCase() === name);
  const named = services.find(isCalled);
  if (named !== undefined) return named;
  const ofKind = services.filter(({ service }) => service.probe.kind === name);
  return ofKind.length === 1 ? ofKind[0] : undefined;
}

/** Looks at a service, unless that was done a moment ago; a paused one is disabled. Never throws for its failure. */
export async function reportOn(context: RestContext, named: Named): Promise<ServiceReport> {
  const { service, check } = named;
  const { probe, state } = service;
  if (check.status === 'paused') {
    return { status: 'disabled', message: 'the service is paused', timestamp: stamp(context.clock.now()) };
  }
  // One of the future was made before the clock was set back.
  const age = state === null ? FRESH : context.clock.now() - state.at;
  if (state !== null && age >= 0 && age < FRESH) return shown(resultOf(state), state.warned, state.message);
  const parents = check.dependsOn.map(({ code }) => code);
  const result = await context.probes.engine.look(probe, parents);
  const [after] = await servicesOf(context.store.db, {
    projectId: probe.project_id,
    checkIds: [probe.check_id],
    limit: 1,
  });
  return shown(result, after?.state?.warned ?? [], after?.state?.message ?? '');
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
    ...(error === '' ? {} : { error, ...(failure === null ? {} : { reason: failure.reason }) }),
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

/** Looks at every service, some at a time. */
export async function reportOnAll(context: RestContext, projectId: number): Promise<ComprehensiveReport> {
  const waiting = await namedServices(context, projectId);
  const reports: Record<string, ServiceReport> = Object.fromEntries(
    waiting.map(({ name }) => [name, { status: 'disabled' as const }]),
  );
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      reports[next.name] = await reportOn(context, next);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return summed(reports, context.clock.now());
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
