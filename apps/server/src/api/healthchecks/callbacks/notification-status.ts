import type { Context } from '../../../context.ts';
import type { Handler } from '../endpoint.ts';
import { deliveryOf } from './notification-id.ts';

/** Milliseconds: a provider that has not spoken by then is not listened to. */
const WITHIN = 3_600_000;

/**
 * `POST /notifications/<uuid>/status`: a provider says how a message fared. Always 200, so that nobody learns
 * which messages exist and no provider tries again.
 */
export function notificationStatus(context: Pick<Context, 'secretKey' | 'writer'>): Handler {
  return async ({ request, reply, params }) => {
    const deliveryId = deliveryOf(context.secretKey, params['id'] ?? '');
    const form = new URLSearchParams(
      request.body instanceof Uint8Array ? Buffer.from(request.body).toString() : '',
    );
    const error = errorOf(form);
    if (deliveryId !== null && error !== '') {
      const disable = form.get('mark_disabled') !== null && form.get('mark_disabled') !== '';
      await context.writer.run('notify.lateFailure', { deliveryId, error, disable, within: WITHIN });
    }
    return reply.code(200).send();
  };
}

/** The failure that a form tells of, in its own words or in Twilio's; empty = none. */
function errorOf(form: URLSearchParams): string {
  const error = form.get('error') ?? '';
  if (error !== '') return error.replaceAll('\0', '');
  const message = form.get('MessageStatus');
  if (message === 'failed' || message === 'undelivered') return `Delivery failed (status=${message}).`;
  const call = form.get('CallStatus');
  return call === 'failed' ? `Delivery failed (status=${call}).` : '';
}
