import { createHash, timingSafeEqual } from 'node:crypto';
import { pingTotal } from '../../checks/ping-total.ts';
import type { Context } from '../../context.ts';
import { messageOf } from '../../errors.ts';
import { deliveryTotals } from '../../notify/delivery-totals.ts';
import { ping } from '../../store/open.ts';
import type { Handler } from './endpoint.ts';

/** `GET /status/`: whether the database answers. */
export function serverStatus(context: Pick<Context, 'store' | 'log'>): Handler {
  return async ({ reply }) => {
    reply.header('Content-Type', 'text/plain');
    try {
      await ping(context.store);
      return reply.send('OK');
    } catch (error) {
      context.log.error({ error: messageOf(error) }, 'the store does not answer');
      return reply.code(500).send('the store does not answer');
    }
  };
}

/**
 * `GET /metrics/`: sums over all projects, for who has the metrics key. Pings are numbered for each check, so
 * `max_ping_id` is how many pings there were.
 */
export function serverMetrics(context: Pick<Context, 'config' | 'clock' | 'store'>): Handler {
  return async ({ request, reply }) => {
    const { metricsKey } = context.config();
    const key = request.headers['x-metrics-key'];
    if (metricsKey === null || typeof key !== 'string' || !isSame(key, metricsKey)) {
      return reply.code(403).send();
    }
    const { db } = context.store;
    const { lastId, waitingFlips } = await deliveryTotals(db);
    return {
      ts: Math.trunc(context.clock.now() / 1000),
      max_ping_id: await pingTotal(db),
      max_notification_id: lastId,
      num_unprocessed_flips: waitingFlips,
    };
  };
}

/** Compares digests: equally long, and telling nothing by the time it takes. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
