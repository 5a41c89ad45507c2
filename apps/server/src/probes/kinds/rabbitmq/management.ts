/** RabbitMQ's management API, as far as probes ask it: its HTTP API reference, versions 3.8 to 4. */
import { ProbeFailure } from '../../failure.ts';
import { fetchJson, httpUrlOf, isSuccess, jsonOf, statusFailure } from '../../http-answer.ts';
import { type HttpRequest, httpExchange } from '../../http-exchange.ts';
import type { ProbeRun } from '../../kind.ts';
import type { Settings } from './settings.ts';

/** What a health check said: null = it is passed. */
export type Complaint = string | null;

export interface Management {
  /** Asks for JSON below /api. @throws ProbeFailure */
  get(path: string): Promise<unknown>;
  /** One of its health checks; 503 is an answer. @throws ProbeFailure */
  check(name: string): Promise<Complaint>;
}

export function management({ management_url, tls_ca }: Settings, run: ProbeRun): Management {
  const base = httpUrlOf(management_url, run);
  const request = (path: string): HttpRequest => {
    const url = new URL(base);
    const [pathname = '', search = ''] = path.split('?');
    url.pathname = `${base.pathname.replace(/\/$/, '')}/api/${pathname}`;
    url.search = search;
    return { url, ca: tls_ca };
  };
  return {
    get: (path) => fetchJson(request(path), run),
    async check(name) {
      const answer = await httpExchange(request(`health/checks/${name}`), run);
      if (isSuccess(answer)) return null;
      if (answer.status !== 503) throw statusFailure(answer);
      return complaintOf(jsonOf(answer));
    },
  };
}

function complaintOf(said: unknown): string {
  const reason = textAt(said, 'reason');
  const alarms = itemsAt(said, 'alarms').map(
    (alarm) => `${textAt(alarm, 'resource')} at ${textAt(alarm, 'node')}`,
  );
  return [reason || 'it is not passed', ...alarms].join(', ');
}

export function numberAt(value: unknown, name: string): number {
  const found = fieldAt(value, name);
  if (typeof found === 'boolean') return found ? 1 : 0;
  return typeof found === 'number' ? found : Number.NaN;
}

export function textAt(value: unknown, name: string): string {
  const found = fieldAt(value, name);
  return typeof found === 'string' ? found : '';
}

export function itemsAt(value: unknown, name: string): unknown[] {
  return itemsOf(fieldAt(value, name));
}

/** A list. @throws ProbeFailure when it is none */
export function listOf(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new ProbeFailure('protocol', `/api/${path} did not answer as RabbitMQ does`);
}

export function fieldAt(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
