import type { ProbeRun } from '../../kind.ts';

/** What is known of a queue; NaN = not said. */
export interface QueueFacts {
  vhost: string;
  name: string;
  ready: number;
  unacked: number;
  consumers: number;
}

/** Queues by vhost and name: what a later source says of one replaces what an earlier said. */
export class Queues {
  readonly #byKey = new Map<string, QueueFacts>();

  has(vhost: string, name: string): boolean {
    return this.#byKey.has(JSON.stringify([vhost, name]));
  }

  add(facts: QueueFacts): void {
    const key = JSON.stringify([facts.vhost, facts.name]);
    const known = this.#byKey.get(key);
    const { unacked } = facts;
    this.#byKey.set(key, {
      ...facts,
      unacked: Number.isNaN(unacked) ? (known?.unacked ?? unacked) : unacked,
    });
  }

  measure(run: ProbeRun): void {
    for (const { vhost, name, ready, unacked, consumers } of this.#byKey.values()) {
      const of = { vhost, queue: name };
      run.measure('rabbitmq_queue_messages_ready', ready, of);
      run.measure('rabbitmq_queue_messages_unacked', unacked, of);
      run.measure('rabbitmq_queue_consumers', consumers, of);
      if (Number.isNaN(consumers)) continue;
      run.measure('rabbitmq_queue_messages_unconsumed', consumers === 0 ? ready : 0, of);
    }
  }
}
