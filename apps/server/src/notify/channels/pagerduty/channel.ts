import { excerptOf, failureOf, isSuccess, type OutboundResponse } from '../../../outbound/exchange.ts';
import { defineChannel } from '../../channel.ts';
import { genericEvent, routedEvent } from './events.ts';
import { settings } from './settings.ts';

export const pagerduty = defineChannel({
  kind: 'pagerduty',
  title: 'PagerDuty',
  healthchecks: 'pd',
  alertmanager: 'pagerduty',
  settings,
  aliases: { routing_key: 'key', service_key: 'key', value: 'key' },

  // About 120 events a minute for each key (developer.pagerduty.com, "Events API rate limits").
  destination: ({ url, key }) => ({ host: new URL(url).host, account: key }),

  // Each event triggers or resolves an incident there.
  declines: ({ kind }) => (kind === 'notice' ? 'PagerDuty is told of outages and recoveries alone' : null),

  async send(message, { key, api, url, language }, ports) {
    const event = { message, texts: ports.texts(language), now: ports.now, siteName: ports.siteName, key };
    const call =
      api === 'v2'
        ? { path: '/v2/enqueue', body: routedEvent(event) }
        : { path: '/generic/2010-04-15/create_event.json', body: genericEvent(event) };
    const answer = await ports.http({
      method: 'POST',
      url: `${url.replace(/\/+$/, '')}${call.path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(call.body),
    });
    if (!isSuccess(answer)) throw failureOf(answer, complaint(answer));
    return { text: excerptOf(answer) };
  },
});

/** What is wrong, in PagerDuty's words: `message` and `errors` of its JSON; undefined when it said none. */
function complaint(answer: OutboundResponse): string | undefined {
  try {
    const { message, errors } = JSON.parse(answer.text) as { message?: unknown; errors?: unknown };
    const list = Array.isArray(errors) ? errors : [];
    const said = [message, ...list].filter((part) => typeof part === 'string').join('; ');
    return said === '' ? undefined : said.slice(0, 300);
  } catch {
    return undefined;
  }
}
