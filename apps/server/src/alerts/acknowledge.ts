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

export interface TakeBackInput {
  projectId: number;
  alertId: number;
  /** Who; as the audit log names them. */
  actor: string;
}

/**
 * Takes an acknowledgement back: nobody is at it. What is not acknowledged stays as it is.
 * @returns whether there was one.
 * @throws AppError `not_found`; `conflict` when the alert is resolved: its past stays as it was.
 */
export async function takeBackAcknowledgement(
  tx: Tx,
  input: TakeBackInput,
  ports: AlertPorts,
): Promise<boolean> {
  const alert = alertFrom(await lockedRow(tx, input));
  if (alert.acked_at === null) return false;
  if (alert.state !== 'firing') throw new AppError('conflict', 'the alert is resolved');
  const taken = { acked_at: null, acked_by: '', updated_at: tx.at };
  Object.assign(alert, taken);
  await tx.db.updateTable('alerts').set(taken).where('id', '=', alert.id).execute();
  const { projectId, actor } = input;
  await record(tx, [{ projectId, alertId: alert.id, kind: 'unacknowledged', actor, detail: {} }]);
  await ports.incidents.onTakenBack(tx, alert);
  emitAlerts(tx, [alert]);
  return true;
}

async function lockedRow(tx: Tx, { projectId, alertId }: TakeBackInput): Promise<AlertRow> {
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
