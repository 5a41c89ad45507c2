/** Saying that somebody is at it. */
import { AppError } from '../errors.ts';
import type { AlertRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type AlertPorts, emitAlerts } from './announce.ts';
import { record } from './ledger.ts';
import { type Alert, alertFrom } from './model.ts';
import { postAlerts } from './post.ts';

export interface AcknowledgeInput {
  projectId: number;
  alertId: number;
  /** Who; as the audit log names them. */
  actor: string;
  comment: string;
}

export interface Acknowledged {
  /** When it was, epoch ms; by `by`. */
  at: number;
  by: string;
  /** Whether this call did it; else somebody was first. */
  isNew: boolean;
}

/**
 * Acknowledges an alert that fires, once: whoever comes second changes nothing and learns who was first. A
 * drill is over with it.
 * @throws AppError `not_found`; `conflict` when the alert is resolved.
 */
export async function acknowledgeAlert(
  tx: Tx,
  input: AcknowledgeInput,
  ports: AlertPorts,
): Promise<Acknowledged> {
  const alert = alertFrom(await lockedRow(tx, input));
  if (alert.acked_at !== null) return { at: alert.acked_at, by: alert.acked_by, isNew: false };
  if (alert.state !== 'firing') {
    const when = new Date(alert.resolved_at ?? alert.updated_at).toISOString();
    throw new AppError('conflict', `the alert was resolved at ${when}: there is nothing to acknowledge`);
  }
  Object.assign(alert, { acked_at: tx.at, acked_by: input.actor, updated_at: tx.at });
  await tx.db
    .updateTable('alerts')
    .set({ acked_at: tx.at, acked_by: input.actor, updated_at: tx.at })
    .where('id', '=', alert.id)
    .execute();
  const { projectId, actor, comment } = input;
  const detail = comment === '' ? {} : { comment };
  await record(tx, [{ projectId, alertId: alert.id, kind: 'acknowledged', actor, detail }]);
  await ports.incidents.onAcknowledged(tx, alert);
  if (alert.drill === 1) await endDrill(tx, alert, ports);
  else emitAlerts(tx, [alert]);
  return { at: tx.at, by: actor, isNew: true };
}

async function lockedRow(tx: Tx, { projectId, alertId }: AcknowledgeInput): Promise<AlertRow> {
  const row = await tx.db
    .selectFrom('alerts')
    .selectAll()
    .where('id', '=', alertId)
    .where('project_id', '=', projectId)
    .$if(tx.engine === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such alert');
  return row;
}

async function endDrill(tx: Tx, alert: Alert, ports: AlertPorts): Promise<void> {
  const { project_id: projectId, environment, identity, labels, generator_url: generatorUrl } = alert;
  const end = { startsAt: alert.starts_at, endsAt: tx.at, timedOut: false, drill: true };
  await postAlerts(
    tx,
    [
      {
        projectId,
        environment,
        source: 'api',
        identity,
        labels,
        annotations: {},
        generatorUrl,
        check: null,
        ...end,
      },
    ],
    ports,
  );
}
