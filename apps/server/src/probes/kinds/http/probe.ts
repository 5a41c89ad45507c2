import { ProbeFailure } from '../../failure.ts';
import { httpUrlOf, jsonIn } from '../../http-answer.ts';
import type { HttpAnswer, HttpRequest } from '../../http-exchange.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf } from '../../setting-types.ts';
import { measureTls } from '../../tls-measures.ts';
import {
  assertExpressions,
  assertHeaders,
  assertJson,
  assertStatus,
  assertText,
  assertTime,
} from './assertions.ts';
import { lookAtEndpoints } from './endpoints.ts';
import { valueAt } from './json-path.ts';
import { type Followed, followed } from './redirects.ts';
import { type Settings, settings } from './settings.ts';

/** A web address, its answer held against what is wanted. Metrics are named as the blackbox exporter's. */
export const http = defineProbe({
  kind: 'http',
  title: 'HTTP',
  interval: 60,
  timeout: 15,
  settings,
  thresholds: [
    { metric: 'probe_http_response_seconds', op: '>', warning: 2 },
    { metric: 'probe_http_endpoint_up', op: '<', warning: 1 },
    { metric: 'probe_ssl_days_left', op: '<', warning: 21, critical: 7 },
  ],
  instance: ({ url }) => instanceOf(url, url.startsWith('https:') ? 443 : 80),
  async probe(given, run) {
    const wanted = requestOf(given, run);
    const found = await followed(wanted, given.redirects, run);
    const seconds = measure(found, run);
    if (given.endpoints.length > 0) {
      const { method: _, body: __, ...plain } = wanted;
      await lookAtEndpoints(given.endpoints, plain, given.endpoint_status, run);
    }
    judge(found, seconds, given, run);
  },
});

function requestOf(given: Settings, run: ProbeRun): HttpRequest {
  const headers = Object.entries(given.headers).map(([name, value]) => [name, run.secret(value)]);
  return {
    url: httpUrlOf(given.url, run),
    method: given.method,
    headers: Object.fromEntries(headers),
    body: given.body === '' ? null : run.secret(given.body),
    ca: given.tls_ca,
    verify: given.tls_verify,
    onTls: (session) => measureTls(session, run),
  };
}

/** Gives the seconds that all took. */
function measure({ answer, hops, seconds }: Followed, run: ProbeRun): number {
  const total = Object.values(seconds).reduce((sum, part) => sum + part, 0);
  run.measure('probe_http_status_code', answer.status);
  run.measure('probe_http_redirects', hops);
  run.measure('probe_http_ssl', answer.url.protocol === 'https:' ? 1 : 0);
  run.measure('probe_http_uncompressed_body_length', answer.body.length);
  run.measure('probe_http_response_seconds', total);
  for (const [phase, part] of Object.entries(seconds))
    run.measure('probe_http_duration_seconds', part, { phase });
  run.detail('status_code', answer.status);
  run.detail('response_time_ms', Math.round(total * 100_000) / 100);
  if (!answer.isWhole) run.detail('truncated', true);
  return total;
}

function judge(found: Followed, seconds: number, given: Settings, run: ProbeRun): void {
  const { answer } = found;
  assertStatus(found, given);
  assertHeaders(answer, given);
  const json = jsonIn(answer);
  const version = valueAt(json, 'version');
  if (typeof version === 'string') run.detail('version', version);
  assertText(answer, given);
  judgeExpressions(answer, given, run);
  if (Object.keys(given.json).length > 0) assertJson(json, given);
  assertTime(seconds, given);
}

function judgeExpressions(answer: HttpAnswer, given: Settings, run: ProbeRun): void {
  if (given.matches === '' && given.matches_not === '') return;
  try {
    assertExpressions(answer, given);
    run.measure('probe_failed_due_to_regex', 0);
  } catch (error) {
    if (error instanceof ProbeFailure) run.measure('probe_failed_due_to_regex', 1);
    throw error;
  }
}
