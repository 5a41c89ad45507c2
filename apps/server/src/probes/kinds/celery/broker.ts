import type { Inspection } from './mailbox.ts';

/** What a broker tells of a queue. */
export interface QueueState {
  /** Tasks that wait; null = there is no such queue. */
  length: number | null;
}

/** What all workers together hold that is fetched and not acknowledged. */
export interface Unacknowledged {
  tasks: number;
  /** Epoch seconds at which the oldest of them was fetched; null = none is. */
  oldest: number | null;
}

/** A broker that workers hang on: Redis or AMQP. */
export interface Broker extends Disposable {
  /**
   * Asks all workers, waits `wait` ms at most for answers, less when all have answered. Gives how many workers the
   * questions reached; null = the broker does not count them, 0 = nobody.
   * @throws ProbeFailure
   */
  inspect(inspection: Inspection, wait: number): Promise<number | null>;
  /** Queues by name. @throws ProbeFailure */
  queues(names: readonly string[]): Promise<Map<string, QueueState>>;
  /** Null = this broker, or this user, cannot tell. @throws ProbeFailure */
  unacknowledged(): Promise<Unacknowledged | null>;
}
