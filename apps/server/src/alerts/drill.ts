/** Paging people for practice, through the real path. */
import { AppError } from '../errors.ts';
import type { Tx } from '../store/tx.ts';
import type { AlertPorts } from './announce.ts';
import type { PostedAlert, Severity } from './model.ts';
import { postAlerts } from './post.ts';
import { requireProject } from './require-project.ts';

/** Milliseconds after which a drill that nobody acknowledged is over. */
export const DRILL_LENGTH = 30 * 60_000;

export interface DrillInput {
  projectId: number;
  /** Codes of the channels that are told; null = those of the project's route. */
  channels: readonly string[] | null;
  severity: Severity;
}

/**
 * Raises an alert that says that it is a drill. It ends when somebody acknowledges it, or by itself.
 * @returns the alert's id.
 * @throws AppError `invalid` for a channel that the project has not, `not_found` for a project that is gone.
 */
export async function startDrill(tx: Tx, input: DrillInput, ports: AlertPorts): Promise<number> {
  const { projectId, severity, channels } = input;
  await requireProject(tx, projectId);
  const identity = `drill/${tx.newId()}`;
  const post: PostedAlert = {
    projectId,
    environment: '',
    source: 'api',
    identity,
    labels: { alertname: 'Drill', drill: 'true', severity },
    annotations: { summary: 'This is a drill. Nothing is wrong: acknowledge it as you would a real alert.' },
    generatorUrl: '',
    check: null,
    startsAt: tx.at,
    endsAt: tx.at + DRILL_LENGTH,
    timedOut: true,
    drill: true,
    ...(channels === null ? {} : { route: await channelIds(tx, projectId, channels) }),
  };
  await postAlerts(tx, [post], ports);
  const { id } = await tx.db
    .selectFrom('alerts')
    .select('id')
    .where('project_id', '=', projectId)
    .where('identity', '=', identity)
    .executeTakeFirstOrThrow();
  return id;
}

async function channelIds(tx: Tx, projectId: number, codes: readonly string[]): Promise<number[]> {
  const rows = await tx.db
    .selectFrom('channels')
    .select(['id', 'code'])
    .where('project_id', '=', projectId)
    .where('code', 'in', codes)
    .execute();
  const missing = codes.find((code) => !rows.some((row) => row.code === code));
  if (missing !== undefined) {
    throw new AppError('invalid', `no such channel: ${missing}`, { field: 'channels' });
  }
  return rows.map(({ id }) => id);
}
