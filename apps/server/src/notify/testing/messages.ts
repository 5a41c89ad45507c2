import type { OutboundRequest, OutboundResponse } from '../../outbound/exchange.ts';
import type { SendPorts } from '../channel.ts';
import type { OutgoingMail } from '../mail/mailer.ts';
import type { Message, MessageCheck } from '../message.ts';
import { testCheck } from '../test-message.ts';
import { textsIn } from '../texts/texts.ts';

/** Noon of a Wednesday. */
const NOON = Date.UTC(2026, 6, 15, 12, 0, 0);

/** A check named `Nightly backup`, tier 1, in production. */
export function aMessageCheck(own: Partial<MessageCheck> = {}): MessageCheck {
  return {
    ...testCheck(1, 1, NOON),
    code: '11111111-1111-4111-8111-111111111111',
    unique_key: 'a6c7b0a8a66bed0df66abfdab3c77736861703ee',
    name: 'Nightly backup',
    slug: 'nightly-backup',
    tags: 'tier1 db',
    environment: 'production',
    ...own,
  };
}

/** That check, down since noon because no ping came. */
export function aMessage(own: Partial<Message> = {}): Message {
  return {
    key: 'f7b0:7',
    kind: 'firing',
    status: 'down',
    reason: 'timeout',
    at: NOON,
    downSince: NOON,
    check: aMessageCheck(),
    project: 'Shop',
    lastPing: {
      n: 3,
      created_at: NOON - 3_600_000,
      kind: 'success',
      scheme: 'https',
      exitstatus: null,
      size: 0,
    },
    severity: 'critical',
    alert: null,
    notice: null,
    digest: null,
    summary: null,
    links: { check: 'https://vigie.test/cloaked/a6c7/', dashboard: 'https://vigie.test/', ack: null },
    ...own,
  };
}

export interface TestPorts extends SendPorts {
  calls: OutboundRequest[];
  mails: OutgoingMail[];
}

/** Ports that keep what they are given: calls are answered with `answer`, bodies of pings are `body`. */
export function testPorts(own: { answer?: Partial<OutboundResponse>; body?: string } = {}): TestPorts {
  const calls: OutboundRequest[] = [];
  const mails: OutgoingMail[] = [];
  const bytes = own.body === undefined ? null : Buffer.from(own.body);
  return {
    calls,
    mails,
    async http(call) {
      calls.push(call);
      return { status: 200, contentType: 'text/plain', text: 'ok', retryAfter: null, ...own.answer };
    },
    async mail(mail) {
      mails.push(mail);
      return '250 OK';
    },
    texts: textsIn,
    pingBody: async (_check, _ping, size, end) =>
      bytes === null ? null : end === 'first' ? bytes.subarray(0, size) : bytes.subarray(-size),
    checkJson: async (check) => ({ name: check.name, status: check.status }),
    now: NOON,
    siteName: 'Vigie',
  };
}
