/** Answers requests for the monitoring API: who may ask is asked first, the server then. */
import type { Client } from '../client.ts';
import { defaultClient } from '../default-client.ts';
import { type Answer, reasonOf } from '../http.ts';
import { failure, jsonReply, type Reply } from './reply.ts';
import { findRoute, type MonitoringRole, type MonitoringRoute } from './routes.ts';

export interface MonitoringOptions<Request> {
  /**
   * Decides whether whoever sent this request may do what the role may. Nothing but `true` lets them. Without it
   * nobody may, and `/health` alone is answered.
   */
  authorize?: (request: Request, role: MonitoringRole) => boolean | Promise<boolean>;
  /** Says where the server is, and has the key; that of the environment unless told otherwise. */
  client?: Client;
}

/** Questions under way at once; each may hold a list of all checks. */
const AT_ONCE = 64;

export class Desk<Request> {
  readonly #options: MonitoringOptions<Request>;
  #asking = 0;
  #away = false;
  #health: Promise<Reply> | null = null;

  constructor(options: MonitoringOptions<Request>) {
    this.#options = options;
  }

  /** Of the environment when the first request comes, not while modules load. */
  get #client(): Client {
    return this.#options.client ?? defaultClient();
  }

  /** `segments` of the path behind the router's own, not decoded. Never rejects. */
  async answer(request: Request, method: string, segments: readonly string[]): Promise<Reply> {
    const route = findRoute(method, segments);
    if (route === null) return failure('not_found', 'no such route');
    if (route.role !== null) return (await this.#refusal(request, route.role)) ?? this.#ask(route);
    // Anybody may ask this, as often as they like: they share one question.
    this.#health ??= this.#ask(route).finally(() => {
      this.#health = null;
    });
    return this.#health;
  }

  async #refusal(request: Request, role: MonitoringRole): Promise<Reply | null> {
    const { authorize } = this.#options;
    if (authorize === undefined) return failure('forbidden', 'this application does not say who may ask');
    try {
      // Who wrote no types may hand back a person, or an error: neither is a yes.
      if ((await authorize(request, role)) === true) return null;
      return failure('forbidden', role === 'admin' ? 'administrators alone may' : 'users alone may');
    } catch (error) {
      this.#client.warn(
        `whether a request to the monitoring API is allowed cannot be told: ${reasonOf(error)}`,
      );
      return failure('internal', 'whether you may cannot be told');
    }
  }

  async #ask({ method, path }: MonitoringRoute): Promise<Reply> {
    if (this.#asking >= AT_ONCE) return failure('unavailable', 'too many ask at once');
    this.#asking += 1;
    try {
      const reply = passedOn(await this.#client.askMonitoring(method, path));
      this.#away = false;
      return reply;
    } catch (error) {
      // Where the server is, is nothing for callers. The log hears of it once, however many ask.
      if (!this.#away) this.#client.warn(`the monitoring API is not answered: ${reasonOf(error)}`);
      this.#away = true;
      return failure('unavailable', 'the monitoring server does not answer');
    } finally {
      this.#asking -= 1;
    }
  }
}

/** @throws for what is no answer of Vigie to a caller: a proxy's page, a way elsewhere, a key that it does not take. */
function passedOn({ status, headers, text }: Answer): Reply {
  // The key is the application's: to its caller this would say that they must sign in.
  if (status === 401) throw new Error('the server does not take the API key (HEALTHCHECKS_API_KEY)');
  const isJson = /^application\/json\b/i.test(headers.get('Content-Type') ?? '');
  if (text === '' || !isJson || (status >= 300 && status < 400)) {
    throw new Error(`the server answers ${status} without JSON: is the address that of Vigie?`);
  }
  const reply = jsonReply(status, text);
  const retryAfter = headers.get('Retry-After');
  if (retryAfter !== null) reply.headers['Retry-After'] = retryAfter;
  return reply;
}
