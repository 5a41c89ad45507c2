/** Celery's remote control: what is asked of workers, whichever broker carries it. */
import { randomUUID } from 'node:crypto';

/**
 * All that is ever sent. Workers look questions and orders (`shutdown`, `revoke`, `pool_restart`) up in one table of
 * names, so nothing else may go out.
 */
export const INSPECT_METHODS = ['ping', 'stats', 'active', 'active_queues'] as const;

export type InspectMethod = (typeof INSPECT_METHODS)[number];

/** How workers find the way back. */
export interface ReplyTo {
  exchange: string;
  routing_key: string;
}

/** The message of kombu's pidbox. `destination` null = all workers. @throws when the method is not a question. */
export function inspectMessage(method: InspectMethod, ticket: string, replyTo: ReplyTo) {
  if (!INSPECT_METHODS.includes(method)) throw new Error(`BUG: ${method} is not sent to workers`);
  return {
    method,
    arguments: {},
    destination: null,
    pattern: null,
    matcher: null,
    ticket,
    reply_to: replyTo,
  };
}

/** What one worker answered to one question. */
export interface WorkerReply {
  ticket: string;
  node: string;
  value: unknown;
}

/** Reads a reply: a `ticket` in the headers, a body `{"<node>": value}`. Null = it is none. */
export function readReply(headers: unknown, body: string): WorkerReply | null {
  const ticket = fieldOf(headers, 'ticket');
  if (typeof ticket !== 'string') return null;
  const answer = parsed(body);
  if (typeof answer !== 'object' || answer === null) return null;
  const [entry] = Object.entries(answer);
  return entry === undefined ? null : { ticket, node: entry[0], value: entry[1] };
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The questions of one run, and the answers to them by worker. */
export class Inspection {
  /** What is asked, with the ticket that marks its answers. */
  readonly tickets: readonly (readonly [InspectMethod, string])[] = INSPECT_METHODS.map(
    (method) => [method, randomUUID()] as const,
  );
  readonly #answers = new Map<InspectMethod, Map<string, unknown>>(
    INSPECT_METHODS.map((method) => [method, new Map<string, unknown>()]),
  );

  /** Takes a reply; those of other tickets are somebody else's, or late. */
  take(reply: WorkerReply | null): void {
    const method = this.tickets.find(([, ticket]) => ticket === reply?.ticket)?.[0];
    if (method !== undefined && reply !== null) this.answersTo(method).set(reply.node, reply.value);
  }

  answersTo(method: InspectMethod): Map<string, unknown> {
    return this.#answers.get(method) ?? new Map();
  }

  /** Names of the workers that answered anything, in order. */
  get nodes(): string[] {
    return [...new Set([...this.#answers.values()].flatMap((answers) => [...answers.keys()]))].sort();
  }

  /** Whether this many workers have answered every question. */
  hasAll(workers: number): boolean {
    return INSPECT_METHODS.every((method) => this.answersTo(method).size >= workers);
  }

  /** Whether these workers have answered every question. */
  hasAllOf(nodes: Iterable<string>): boolean {
    const named = [...nodes];
    return INSPECT_METHODS.every((method) => named.every((node) => this.answersTo(method).has(node)));
  }
}
