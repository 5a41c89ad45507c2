import type { Outcome } from './deliver.ts';
import type { QueuedDelivery } from './load.ts';
import { decideRetry } from './retry.ts';
import type { Settlement } from './settle.ts';

/** A try as it was made. */
export interface Try {
  outcome: Outcome;
  /** When it began, epoch ms. */
  at: number;
  /** Milliseconds. */
  duration: number;
}

/** What a try comes to: its line in the ledger, and when its lane is due again; `age`: ms since it was queued. */
export function judge(
  delivery: QueuedDelivery,
  { outcome, at, duration }: Try,
  { now, age }: { now: number; age: number },
  random: () => number,
): Pick<Settlement, 'result' | 'again'> {
  const common = { deliveryId: delivery.id, channelId: delivery.channel?.id ?? 0, at, duration };
  const none = { answer: '', error: '', disable: false };
  if (outcome.state === 'sent') {
    return { result: { ...common, ...none, state: 'sent', answer: outcome.answer }, again: null };
  }
  if (outcome.state === 'skipped') {
    return { result: { ...common, ...none, state: 'skipped', error: outcome.reason }, again: null };
  }
  const record = {
    tries: delivery.attempts + 1,
    age,
    once: delivery.kind === 'test',
  };
  const verdict = decideRetry(outcome, record, now, random);
  if (verdict.again !== null) {
    return { result: { ...common, ...none, state: 'queued', error: outcome.message }, again: verdict.again };
  }
  const failed = { state: 'failed', error: verdict.error, disable: outcome.permanent } as const;
  return { result: { ...common, ...none, ...failed }, again: null };
}
