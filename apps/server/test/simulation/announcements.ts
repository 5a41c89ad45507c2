import type { CheckModel } from './check-model.ts';
import type { Judge } from './judge.ts';
import type { Receipt } from './provider.ts';
import type { StoreView } from './store-view.ts';

interface First {
  receipt: Receipt;
  /** Nothing that could have delayed it had happened for a while. */
  calm: boolean;
}

export interface AnnouncementOptions {
  checks(): readonly CheckModel[];
  /** What was decided to tell of a check, in order; virtual time. */
  told(check: CheckModel): readonly { at: number; to: 'up' | 'down' }[];
  /** What the data file holds now; null while no server runs. */
  view(): StoreView | null;
  /** Whether a process ended, or the disk was full, at this instant or later. */
  troubledSince(instant: number): boolean;
  /** Whether a process that had begun to send hung, and went on, at this instant or later. */
  sleptSince(instant: number): boolean;
  /** Whether nothing could have delayed a message of the channel that arrives now. */
  isCalm(channel: number): boolean;
  onViolation(text: string): void;
}

/** Promise 2 at the providers' end: which messages came, in which order, and whether one came twice. */
export class Announcements implements Judge {
  readonly #options: AnnouncementOptions;
  readonly #latest = new Map<string, Receipt>();
  readonly #lanes = new Map<string, First[]>();
  received = 0;
  /** Milliseconds from flip to message where nothing was in the way; known at the end. */
  readonly delays: number[] = [];
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
    const { onViolation, view, troubledSince, sleptSince } = this.#options;
    const what = `message ${receipt.key} (${receipt.status} of ${receipt.code})`;
    if (before.status !== receipt.status || before.code !== receipt.code) onViolation(`${what} changed`);
    if (view()?.isDelivered(receipt.key) && !sleptSince(before.at))
      onViolation(`${what} came again after the ledger had it as delivered`);
    if (before.told && !troubledSince(before.at)) onViolation(`${what} came twice for no reason`);
  }

  /** Compares what came with what should have; nothing may be left to be sent. */
  conclude(): void {
    const { checks, onViolation, view: viewNow } = this.#options;
    for (const check of checks()) this.#compare(check);
    const view = viewNow();
    for (const left of view?.undelivered() ?? ['no server runs']) onViolation(`not delivered: ${left}`);
    if (view?.countWork() !== 0) onViolation(`${view?.countWork()} pieces of work are left`);
  }

  #compare(check: CheckModel): void {
    const told = this.#options.told(check);
    const wanted = told.map(({ to }) => to).join(' ');
    for (const channel of check.channels) {
      const lane = this.#lanes.get(`${check.code} ${channel}`) ?? [];
      const came = lane.map(({ receipt }) => receipt.status).join(' ');
      if (came !== wanted) {
        this.#options.onViolation(`channel ${channel} heard of ${check.code}: ${came}, not: ${wanted}`);
        continue;
      }
      lane.forEach(({ receipt, calm }, i) => {
        if (calm) this.delays.push(receipt.at - (told[i]?.at ?? 0));
      });
    }
  }
}
