import type { Tx } from '../store/tx.ts';
import { adoptLanes } from './adopt.ts';
import { type LateFailure, reportLateFailure } from './late-failure.ts';
import { type ChannelRef, queueTest } from './manage.ts';
import { type Settlement, settleDeliveries } from './settle.ts';
import type { OnUndelivered } from './undelivered.ts';

/** The writes of notifications that nobody needs to answer for. */
export function notifyCommands(onUndelivered: OnUndelivered) {
  return {
    'notify.settle': {
      all: (tx: Tx, inputs: Settlement[]) => settleDeliveries(tx, inputs, onUndelivered),
    },
    'notify.lateFailure': {
      each: (tx: Tx, failure: LateFailure) => reportLateFailure(tx, failure, onUndelivered),
    },
    'notify.adopt': { each: (tx: Tx, owner: string) => adoptLanes(tx, owner) },
    'notify.test': { each: (tx: Tx, ref: ChannelRef) => queueTest(tx, ref) },
  } as const;
}
