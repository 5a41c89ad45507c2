import assert from 'node:assert/strict';
import type { Check } from '@vigie/contract';
import type { Caller, RestServer } from './rest-server.ts';

/** Reports to a check, now. */
export async function ping(
  server: RestServer,
  code: string,
  action: 'success' | 'fail' | 'start',
  text = '',
): Promise<void> {
  const at = server.clock.now();
  await server.writer.run('checks.ping', {
    target: { code },
    action,
    exitstatus: null,
    fault: null,
    scheme: 'http',
    remoteAddr: '192.0.2.1',
    method: 'POST',
    userAgent: 'curl',
    rid: null,
    body: text === '' ? null : new TextEncoder().encode(text),
    logLimit: 100,
    mail: null,
    at,
    receivedAt: at,
  });
}

/** Makes a check through the API. */
export async function make(server: RestServer, body: object, caller: Caller = 'bob'): Promise<Check> {
  const answer = await server.call<Check>(caller, 'POST', '/checks', body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/** How the API refuses Bob: `<status> <field>: <message>`. */
export async function refusal(
  server: RestServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<string> {
  const answer = await server.call('bob', method, path, body);
  return `${answer.status} ${answer.body.error.field}: ${answer.body.error.message}`;
}
