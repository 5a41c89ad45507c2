import { excerptOf, failureOf, isSuccess } from '../../../outbound/exchange.ts';
import { defineChannel, isHttpUrl, type SendPorts } from '../../channel.ts';
import { DeliveryError } from '../../failure.ts';
import { type Message, tagsOf } from '../../message.ts';
import { documentOf } from './document.ts';
import { asIs, fillIn, inHeader, inUrl, mentions, type Values } from './placeholders.ts';
import { type Settings, settings } from './settings.ts';

/** Bytes of a ping's body that `$BODY` holds. HTTP pings keep fewer by default, mails may be larger. */
const BODY_LIMIT = 262_144;
/** Characters of a body once filled in: `$BODY` and `$BODY_JSON`, were it all escapes, fit beside each other. */
const MOST_IN_BODY = 2_097_152;
/** The same of the address, and of a header: more than any server takes. */
const MOST_IN_LINE = 65_536;

export const webhook = defineChannel({
  kind: 'webhook',
  title: 'Webhook',
  healthchecks: 'webhook',
  alertmanager: 'webhook',
  settings,

  destination({ url_down, url_up }) {
    const { host } = new URL(url_down || url_up);
    return { host, account: host };
  },

  declines(message, { url_down, url_up, url_notice }) {
    // A program that takes every call for an outage or a recovery must not be called for anything else.
    if (message.notice !== null) return url_notice === '' ? 'the webhook has no address for notices' : null;
    if (message.status === 'down') return url_down === '' ? 'the webhook has no address for outages' : null;
    return url_up === '' ? 'the webhook has no address for recoveries' : null;
  },

  async send(message, all, ports) {
    const { method, url, body, headers } = callOf(message, all);
    const hasBody = method !== 'GET';
    const values = await valuesOf(message, [url, ...Object.values(headers), body], ports);
    const target = fillIn(url, values, inUrl, MOST_IN_LINE);
    if (!isHttpUrl(target)) {
      throw new DeliveryError('with its placeholders filled in, the address is not a URL', {
        retryable: false,
      });
    }
    const filled = Object.entries(headers).map(([name, value]) => [
      name,
      inHeader(fillIn(value, values, asIs, MOST_IN_LINE)),
    ]);
    const answer = await ports.http({
      method,
      url: target,
      headers: { 'webhook-id': message.key, ...Object.fromEntries(filled) },
      body: hasBody
        ? fillIn(body, [...(await bodyValues(message, body, ports)), ...values], asIs, MOST_IN_BODY)
        : null,
    });
    if (!isSuccess(answer)) throw failureOf(answer);
    return { text: excerptOf(answer) };
  },
});

function callOf({ notice, status }: Message, all: Settings) {
  if (notice !== null) {
    const { method_notice: method, url_notice: url, body_notice: body, headers_notice: headers } = all;
    return { method, url, body, headers };
  }
  return status === 'down'
    ? { method: all.method_down, url: all.url_down, body: all.body_down, headers: all.headers_down }
    : { method: all.method_up, url: all.url_up, body: all.body_up, headers: all.headers_up };
}

/** In the order in which they are tried: a name before those it begins. */
async function valuesOf(message: Message, templates: string[], ports: SendPorts): Promise<Values> {
  const { check, lastPing, notice } = message;
  const needsJson = templates.some((template) => mentions(template, '$JSON'));
  const values: [string, string][] = [
    ['$CODE', check.code],
    ['$STATUS', notice === null ? message.status : 'notice'],
    ['$NOW', `${new Date(message.at).toISOString().slice(0, 19)}+00:00`],
    ['$NAME_JSON', JSON.stringify(check.name)],
    ['$NAME', check.name],
    ['$SLUG', check.slug],
    ['$TAGS', check.tags],
    ['$JSON', needsJson ? JSON.stringify(await documentOf(message, ports)) : ''],
    ['$EXITSTATUS', String(lastPing?.exitstatus ?? -1)],
    ['$ACK_URL', message.links.ack ?? ''],
  ];
  tagsOf(check).forEach((tag, i) => {
    values.push([`$TAG${i + 1}`, tag]);
  });
  return values;
}

/** What only a body may hold; read only where it is asked for. */
async function bodyValues({ check, lastPing }: Message, template: string, ports: SendPorts): Promise<Values> {
  if (!mentions(template, '$BODY')) return [];
  const bytes = lastPing === null ? null : await ports.pingBody(check, lastPing, BODY_LIMIT, 'first');
  const text = bytes === null ? '' : new TextDecoder().decode(bytes);
  return [
    ['$BODY_JSON', JSON.stringify(text)],
    ['$BODY', text],
  ];
}
