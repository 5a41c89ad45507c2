/**
 * Every write there is, by name, joined from the domains. The writer's thread and the main thread build the
 * same table from the same options.
 */

import { audit, audited } from './accounts/audit.ts';
import { accountCommands } from './accounts/commands.ts';
import { noteMail } from './accounts/mails/note-mail.ts';
import { alertPorts, announceChanges, endAlertsQuietly, lookAtUntold } from './alert-path.ts';
import {
  type AcknowledgeInput,
  acknowledgeAlert,
  type TakeBackInput,
  takeBackAcknowledgement,
} from './alerts/acknowledge.ts';
import { alertCommands } from './alerts/commands.ts';
import { type DrillInput, startDrill } from './alerts/drill.ts';
import { reviewSilences, shiftSilences } from './alerts/silence-notice.ts';
import { expireSilence, type SilenceInput, type SilenceRef, setSilence } from './alerts/silences.ts';
import { excuseAlerts, shiftAlerts } from './alerts/time-steps.ts';
import {
  type CreateWindowInput,
  createWindow,
  removeWindow,
  type UpdateWindowInput,
  updateWindow,
  type WindowRef,
} from './alerts/windows.ts';
import { channelCommands } from './channel-commands.ts';
import { checkCommands } from './check-commands.ts';
import { expireChecks } from './checks/expire.ts';
import type { CheckRef } from './checks/manage.ts';
import type { PingInput } from './checks/ping.ts';
import { pingWire } from './checks/ping-wire.ts';
import { receivePings } from './checks/receive.ts';
import { deleteCheck, purgeRemovedOf } from './checks/removal.ts';
import { shiftClock } from './checks/shift.ts';
import { configCommands } from './config-commands.ts';
import { applyRetention, closeHours, type RetentionInput } from './maintenance/commands.ts';
import { pushCommands } from './metrics/push/commands.ts';
import { shiftPushes, wipeGroups } from './metrics/push/remove.ts';
import { beatNode, startNode, stopNode } from './nodes/presence.ts';
import { type ClockStep, isOursToSettle, shiftNodes } from './nodes/shared-step.ts';
import { notifyCommands } from './notify/commands.ts';
import { type MailSettlement, queueMail, settleMail } from './notify/mail/mail-queue.ts';
import { createChannel } from './notify/manage.ts';
import { queuePersonMails } from './notify/person-mail.ts';
import { shiftDeliveries } from './notify/queue.ts';
import { tellSilenceEnds } from './notify/silence-notice.ts';
import { type LookInput, lookForReports } from './reports/look.ts';
import { type SubscribeInput, subscribe } from './reports/subscriptions.ts';
import { requireOwnPace, serviceCommands } from './service-commands.ts';
import type { Tx } from './store/tx.ts';
import { type ClaimInput, claimWork, type FinishInput, finishWork, shiftWork } from './work/queue.ts';

/** What commands need to know of the configuration. Plain data: it crosses to the writer's thread. */
export interface CommandOptions {
  /** Checks in all. */
  checkLimit: number;
}

export function createCommands(options: CommandOptions) {
  const removeForGood = (tx: Tx, ref: CheckRef) => deleteCheck(tx, ref, endAlertsQuietly);
  const checks = { checkLimit: options.checkLimit, announce: announceChanges };
  return {
    'checks.ping': { all: (tx: Tx, pings: PingInput[]) => receivePings(tx, pings, checks), wire: pingWire },
    'checks.expire': { each: (tx: Tx, _: null) => expireChecks(tx, announceChanges) },
    ...checkCommands({ ...options, mayUpdate: requireOwnPace }),
    ...serviceCommands(options),
    'checks.shift': {
      each: async (tx: Tx, step: ClockStep) => {
        if (!(await isOursToSettle(tx, step))) return;
        await shiftClock(tx, step.delta);
        await shiftWork(tx, step.delta);
        await shiftDeliveries(tx, step.delta);
        await shiftAlerts(tx, step.delta);
        await shiftSilences(tx);
        await shiftPushes(tx, step.delta);
        await shiftNodes(tx, step);
      },
    },
    ...accountCommands({
      checks: { remove: removeForGood, purge: purgeRemovedOf },
      wipePushes: wipeGroups,
      createChannel,
      queueMail,
    }),
    'mails.settle': { each: (tx: Tx, settlement: MailSettlement) => settleMail(tx, settlement, noteMail) },
    'nodes.start': {
      each: async (tx: Tx, id: string) => {
        const outage = await startNode(tx, id);
        if (outage !== null) await excuseAlerts(tx, outage);
        return outage;
      },
    },
    'nodes.beat': { each: (tx: Tx, id: string) => beatNode(tx, id) },
    'nodes.stop': { each: (tx: Tx, id: string) => stopNode(tx, id) },
    'maintenance.hours': { each: (tx: Tx, _: null) => closeHours(tx) },
    'maintenance.retention': { each: (tx: Tx, input: RetentionInput) => applyRetention(tx, input) },
    ...pushCommands(),
    ...channelCommands(),
    ...configCommands(options),
    'alerts.acknowledge': {
      each: async (tx: Tx, input: AcknowledgeInput) => {
        const outcome = await acknowledgeAlert(tx, input, alertPorts);
        // Whoever comes second changed nothing.
        if (outcome.isNew) {
          const { projectId, actor, alertId, comment } = input;
          const target = String(alertId);
          await audit(tx, { projectId, actor, action: 'alert.acknowledge', target, detail: { comment } });
        }
        return outcome;
      },
    },
    'alerts.unacknowledge': {
      each: async (tx: Tx, input: TakeBackInput) => {
        if (!(await takeBackAcknowledgement(tx, input, alertPorts))) return;
        const { projectId, actor, alertId } = input;
        const target = String(alertId);
        await audit(tx, { projectId, actor, action: 'alert.unacknowledge', target, detail: {} });
      },
    },
    'drills.start': audited(
      'drill.start',
      (tx, input: DrillInput) => startDrill(tx, input, alertPorts),
      ({ projectId, channels, severity }, id) => ({
        projectId,
        target: String(id),
        detail: { channels, severity },
      }),
    ),
    'silences.set': audited(
      'silence.set',
      (tx, input: SilenceInput) => setSilence(tx, input),
      ({ projectId, code, comment }, silence) => ({
        projectId,
        target: silence.code,
        detail: { comment, ends_at: silence.ends_at, ...(code === null ? {} : { before: code }) },
      }),
    ),
    'silences.expire': audited(
      'silence.expire',
      (tx, ref: SilenceRef) => expireSilence(tx, ref),
      ({ projectId, code }, { comment }) => ({ projectId, target: code, detail: { comment } }),
    ),
    'silences.review': { each: (tx: Tx, _: null) => reviewSilences(tx, tellSilenceEnds) },
    'windows.create': audited(
      'window.create',
      (tx, input: CreateWindowInput) => createWindow(tx, input),
      ({ projectId }, { code, name }) => ({ projectId, target: code, detail: { name } }),
    ),
    'windows.update': audited(
      'window.update',
      (tx, input: UpdateWindowInput) => updateWindow(tx, input),
      ({ projectId, code, fields }) => ({ projectId, target: code, detail: { ...fields } }),
    ),
    'windows.remove': audited(
      'window.delete',
      (tx, ref: WindowRef) => removeWindow(tx, ref),
      ({ projectId, code }, { name }) => ({ projectId, target: code, detail: { name } }),
    ),
    ...notifyCommands(lookAtUntold),
    ...alertCommands(alertPorts),
    'reports.look': { each: (tx: Tx, input: LookInput) => lookForReports(tx, input, queuePersonMails) },
    'reports.subscribe': audited(
      'report.subscribe',
      (tx, input: SubscribeInput & { email: string }) => subscribe(tx, input),
      ({ email, changes }) => ({ projectId: null, target: email, detail: { changes } }),
    ),
    'work.claim': { each: (tx: Tx, input: ClaimInput) => claimWork(tx, input) },
    'work.finish': { each: (tx: Tx, input: FinishInput) => finishWork(tx, input) },
  } as const;
}

export type Commands = ReturnType<typeof createCommands>;
