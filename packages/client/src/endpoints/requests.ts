/** Requests of an application: counted, timed, and told to a check now and then. */
import type { Client } from '../client.ts';
import type { Target } from '../report.ts';
import { clientOf, targetOf } from '../tasks/task-options.ts';
import type { EndpointOptions } from './endpoint-options.ts';

/** A request that is over. */
export interface Served {
  method: string;
  /** The pattern that matched, not the address: `/users/:id`. */
  route: string;
  tenant: string;
  /** 500 and above is an error. */
  status: number;
  seconds: number;
}

/** What matched no route: addresses of a scanner must not become series. */
export const NO_ROUTE = 'none';
/** Tenants that are told apart in one process. */
const TENANTS = 1000;
/** Seconds between two reports to a check. */
const EVERY = 60;
/** A report with more failed requests than that is a failure. */
const ERROR_SHARE = 0.05;

/** Counts the requests of one monitor. */
export class Requests<Request> {
  readonly #options: EndpointOptions<Request>;
  readonly #title: string;
  readonly #every: number;
  readonly #since = { requests: 0, errors: 0, seconds: 0 };
  /** undefined = nobody has asked yet. */
  #target: Target | null | undefined;
  /** `performance.now()` of the next report. */
  #due = 0;

  constructor(options: EndpointOptions<Request>, title: string) {
    this.#options = options;
    this.#title = title;
    this.#every = options.every ?? EVERY;
  }

  /** Of the environment when the first request comes, not while modules load. */
  get #client(): Client {
    return clientOf(this.#options);
  }

  get #check(): Target | null {
    const { checkId, checkName } = this.#options;
    if (checkId === undefined && checkName === undefined) return null;
    this.#target ??= targetOf(this.#options, this.#client, this.#title, { timeout: this.#every });
    return this.#target;
  }

  /** Whose request it is; nobody's where the application cannot tell. */
  tenantOf(request: Request): string {
    try {
      return boundedTenant(this.#client, String(this.#options.tenant?.(request) ?? ''));
    } catch (error) {
      this.#client.warn(`the tenant of a request cannot be told: ${error}`);
      return '';
    }
  }

  /** Notes a request that is over. Never throws, and nobody waits. */
  note({ method, route, tenant, status, seconds }: Served): void {
    const { metrics } = this.#client;
    const labels = { method: methodLabel(method), route, tenant };
    metrics.add('http_requests_total', 'Requests answered.', { ...labels, status: String(status) });
    metrics.observe('http_request_duration_seconds', 'Time to answer a request.', labels, seconds);
    if (status >= 500) metrics.add('http_request_errors_total', 'Requests that failed.', labels);
    this.#tell(status >= 500, seconds);
  }

  /** Sums up for the check, now and then: a ping for each request would tell no more. */
  #tell(error: boolean, seconds: number): void {
    const check = this.#check;
    if (check === null) return;
    const since = this.#since;
    since.requests += 1;
    since.errors += error ? 1 : 0;
    since.seconds += seconds;
    const now = performance.now();
    if (now < this.#due) return;
    this.#due = now + this.#every * 1000;
    const failed = since.errors / since.requests > (this.#options.errorShare ?? ERROR_SHARE);
    const body = [
      `requests ${since.requests}`,
      `errors ${since.errors}`,
      `mean_seconds ${(since.seconds / since.requests).toFixed(6)}`,
    ].join('\n');
    Object.assign(since, { requests: 0, errors: 0, seconds: 0 });
    void this.#client.report(check, failed ? 'fail' : 'success', { body });
  }
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function methodLabel(method: string): string {
  return METHODS.has(method) ? method : 'other';
}

const tenants = new WeakMap<Client, Set<string>>();

/** The tenant as a label; those beyond the first thousand share one. */
export function boundedTenant(client: Client, tenant: string): string {
  const known = tenants.get(client) ?? new Set<string>();
  tenants.set(client, known);
  if (known.size < TENANTS) known.add(tenant);
  return known.has(tenant) ? tenant : 'other';
}
