import type { Context } from '../../../context.ts';
import type { Handler } from '../endpoint.ts';
import { readBounce } from './bounce.ts';
import { deliveryOf } from './notification-id.ts';

/** Milliseconds: mail servers try for long before they give up. */
const WITHIN = 48 * 3_600_000;

/**
 * `POST /bounces/`: a mail server's report, as it came. Its recipient `n.<id>@...` tells which message it is
 * about, with `<id>` as `notificationId` makes it. Always 200: a report that is of no use is not sent again.
 */
export function bounces(context: Pick<Context, 'secretKey' | 'writer'>): Handler {
  return async ({ request, reply }) => {
    reply.header('Content-Type', 'text/plain');
    const bounce = readBounce(request.body instanceof Uint8Array ? request.body : new Uint8Array());
    const id = /^n\.([0-9a-f-]{36})$/.exec(bounce.mailbox)?.[1];
    const deliveryId = id === undefined ? null : deliveryOf(context.secretKey, id);
    if (deliveryId === null) return reply.send('OK (bad signature)');
    if (!/^[45]\./.test(bounce.status)) return reply.send('OK (ignored)');
    await context.writer.run('notify.lateFailure', {
      deliveryId,
      error: `Delivery failed (${bounce.diagnostic || `SMTP status code: ${bounce.status}`})`,
      disable: isFinal(bounce.status),
      within: WITHIN,
    });
    return reply.send('OK');
  };
}

/** RFC 3463: class 5 is permanent; but 5.4.4, "unable to route", is a fault on the way and not of the address. */
function isFinal(status: string): boolean {
  return status.startsWith('5.') && status !== '5.4.4';
}
