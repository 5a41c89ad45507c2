/** From the body of a call to how a service is probed. */
import type { probeTrialSchema, ServiceCreate, ServicePatch } from '@vigie/contract';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { PresentedCheck } from '../../checks/manage.ts';
import { AppError } from '../../errors.ts';
import { readSettings } from '../../kind-settings.ts';
import { changedSettings } from '../../probes/kept-secrets.ts';
import type { ProbeKind } from '../../probes/kind.ts';
import type { ProbeFields } from '../../probes/manage.ts';
import type { OnceRequest } from '../../probes/messages.ts';
import { requireProbeKind } from '../../probes/probe-kinds.ts';
import { type Pace, paceOf } from '../../probes/tiers.ts';
import type { Database, ProbeRow, ProjectRow } from '../../store/schema.ts';

interface Probing {
  probe: ProbeFields;
  /** Seconds. */
  pace: Pace;
}

/** How a new service is probed. @throws AppError `invalid`, naming the field. */
export function newProbe(body: ServiceCreate, kind: ProbeKind): Probing {
  const pace = paceOf(pick(body), kind, body.tier ?? null);
  requireRoomForRun(pace);
  return {
    pace,
    probe: {
      kind: kind.kind,
      settings: readSettings(kind, body.settings),
      interval: pace.interval * 1000,
      timeout: pace.timeout * 1000,
      thresholds: thresholdsText(body.thresholds ?? null),
      failures: body.failures ?? 1,
    },
  };
}

/** How a service is probed once it is changed so. @throws AppError `invalid`, naming the field. */
export function patchedProbe(body: ServicePatch, before: ProbeRow, check: PresentedCheck): Probing {
  const kind = requireProbeKind(before.kind);
  const kept = { interval: before.interval / 1000, timeout: before.timeout / 1000, grace: check.grace };
  const pace = body.tier === undefined ? { ...kept, ...pick(body) } : paceOf(pick(body), kind, body.tier);
  requireRoomForRun(pace);
  return {
    pace,
    probe: {
      kind: before.kind,
      settings: changedSettings(kind, body.settings ?? {}, before.settings),
      interval: pace.interval * 1000,
      timeout: pace.timeout * 1000,
      thresholds: body.thresholds === undefined ? before.thresholds : thresholdsText(body.thresholds),
      failures: body.failures ?? before.failures,
    },
  };
}

function pick({ interval, timeout, grace }: Partial<Record<keyof Pace, number | undefined>>): Partial<Pace> {
  return {
    ...(interval === undefined ? {} : { interval }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(grace === undefined ? {} : { grace }),
  };
}

function requireRoomForRun({ interval, timeout }: Pace): void {
  if (timeout <= interval) return;
  const message = `timeout is longer than the interval of ${interval} s: runs would overlap`;
  throw new AppError('invalid', message, { field: 'timeout' });
}

function thresholdsText(thresholds: ServiceCreate['thresholds'] | null): string {
  return thresholds === null || thresholds === undefined ? '' : JSON.stringify(thresholds);
}

/**
 * What a trial runs; secrets that it leaves out are those of the service it names.
 * @throws AppError `invalid`, or `not_found` when the project has no such service.
 */
export async function trialSettings(
  db: Kysely<Database>,
  project: Pick<ProjectRow, 'id'>,
  body: z.output<typeof probeTrialSchema>,
  kind: ProbeKind,
): Promise<Omit<OnceRequest, 'ticket'>> {
  const stored =
    body.service === undefined ? '{}' : await storedSettings(db, project, body.service, body.kind);
  const settings = JSON.parse(changedSettings(kind, body.settings, stored)) as unknown;
  const timeout = (body.timeout ?? kind.timeout) * 1000;
  return { kind: kind.kind, settings, timeout, projectId: project.id, checkId: null };
}

async function storedSettings(
  db: Kysely<Database>,
  { id }: Pick<ProjectRow, 'id'>,
  code: string,
  kind: string,
): Promise<string> {
  const row = await db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .select('probes.settings')
    .where('checks.code', '=', code)
    .where('probes.project_id', '=', id)
    .where('probes.kind', '=', kind)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such service', { field: 'service' });
  return row.settings;
}
