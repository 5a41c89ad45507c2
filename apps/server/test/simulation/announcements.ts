import type { CheckModel } from './check-model.ts';
import type { Receipt } from './provider.ts';

interface First {
  receipt: Receipt;
  /** Nothing that could have delayed it had happened for a while. */
  calm: boolean;
}

export interface AnnouncementOptions {
  /** Whether a process ended, or the disk was full, at this instant or later. */
  troubledSince(instant: number): boolean;
  /** Whether nothing could have delayed a message of the channel that arrives now. */
  isCalm(channel: number): boolean;
  /** Whether the store says that the message is delivered. */
  isDelivered(key: string): boolean;
  onViolation(text: string): void;
}

/** Promise 2 at the providers' end: which messages came, in which order, and whether one came twice. */
export class Announcements {
  readonly #options: AnnouncementOptions;
  readonly #latest = new Map<string, Receipt>();
  readonly #lanes = new Map<string, First[]>();
  received = 0;
  /** Messages that came again, with the same key. */
  doubled = 0;

  constructor(options: AnnouncementOptions) {
    this.#options = options;
  }

  receive(receipt: Receipt): void {
    this.received += 1;
    const before = this.#latest.get(receipt.key);
    this.#latest.set(receipt.key, receipt);
    if (before !== undefined) {
      this.#judgeAgain(before, receipt);
      return;
    }
    const first = { receipt, calm: this.#options.isCalm(receipt.channel) };
    const name = `${receipt.code} ${receipt.channel}`;
    const lane = this.#lanes.get(name);
    if (lane === undefined) this.#lanes.set(name, [first]);
    else lane.push(first);
  }

  #judgeAgain(before: Receipt, receipt: Receipt): void {
    this.doubled += 1;
    const { onViolation, isDelivered, troubledSince } = this.#options;
    const what = `message ${receipt.key} (${receipt.status} of ${receipt.code})`;
    if (before.status !== receipt.status || before.code !== receipt.code) onViolation(`${what} changed`);
    if (isDelivered(receipt.key)) onViolation(`${what} came again after the ledger had it as delivered`);
    if (before.told && !troubledSince(before.at)) onViolation(`${what} came twice for no reason`);
  }

  /** Compares what came with what should have; returns the delays of undisturbed messages. */
  compare(check: CheckModel): number[] {
    const flips = check.flips.filter(({ announced }) => announced);
    const wanted = flips.map(({ to }) => to).join(' ');
    const delays: number[] = [];
    for (const channel of check.channels) {
      const lane = this.#lanes.get(`${check.code} ${channel}`) ?? [];
      const came = lane.map(({ receipt }) => receipt.status).join(' ');
      if (came !== wanted) {
        this.#options.onViolation(`channel ${channel} heard of ${check.code}: ${came}, not: ${wanted}`);
        continue;
      }
      lane.forEach(({ receipt, calm }, i) => {
        if (calm) delays.push(receipt.at - (flips[i]?.at ?? 0));
      });
    }
    return delays;
  }
}
