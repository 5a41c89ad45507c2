import { excerptOf, failureOf, isSuccess, type OutboundResponse } from '../../../outbound/exchange.ts';
import { defineChannel } from '../../channel.ts';
import { DeliveryError } from '../../failure.ts';
import { payloadOf } from './payload.ts';
import { settings } from './settings.ts';

export const slack = defineChannel({
  kind: 'slack',
  title: 'Slack',
  healthchecks: 'slack',
  alertmanager: 'slack',
  settings,
  aliases: { api_url: 'url', value: 'url' },

  // Slack limits each webhook to about one message a second (docs.slack.dev, "Rate limits").
  destination: ({ url }) => ({ host: new URL(url).host, account: url }),

  async send(message, { url, channel, language }, ports) {
    const payload = await payloadOf(message, ports.texts(language), ports);
    const answer = await ports.http({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(channel === null ? payload : { channel, ...payload }),
    });
    if (!isSuccess(answer)) throw refusal(answer);
    return { text: excerptOf(answer) };
  },
});

/** A webhook that is gone, or whose token is, never works again. */
function refusal(answer: OutboundResponse): DeliveryError {
  const failure = failureOf(answer);
  const gone = answer.status === 404 || /\binvalid_token\b/.test(answer.text);
  return gone ? new DeliveryError(failure.message, { retryable: false, permanent: true }) : failure;
}
