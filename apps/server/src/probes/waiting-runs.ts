import { AppError } from '../errors.ts';
import type { OnceAnswer } from './messages.ts';

/** Runs that somebody waits for, at a time: in all, and of one project, so that nobody takes all of them. */
const MOST = { inAll: 100, ofProject: 32 } as const;

interface Waiting {
  projectId: number;
  answer: PromiseWithResolvers<OnceAnswer>;
}

/** Runs that somebody waits for, by their tickets. */
export class WaitingRuns {
  readonly #waiting = new Map<number, Waiting>();
  #tickets = 0;

  /** Sends a request under a ticket. @throws AppError `unavailable`, `rate_limited`. */
  wait(projectId: number, send: (ticket: number) => void): Promise<OnceAnswer> {
    this.#requireRoom(projectId);
    const ticket = ++this.#tickets;
    const answer = Promise.withResolvers<OnceAnswer>();
    this.#waiting.set(ticket, { projectId, answer });
    send(ticket);
    return answer.promise;
  }

  settle(ticket: number, { result, isCutOff }: OnceAnswer): void {
    this.#waiting.get(ticket)?.answer.resolve({ result, isCutOff });
    this.#waiting.delete(ticket);
  }

  /** Nobody answers them any more. */
  end(error: AppError): void {
    for (const { answer } of this.#waiting.values()) answer.reject(error);
    this.#waiting.clear();
  }

  #requireRoom(projectId: number): void {
    if (this.#waiting.size >= MOST.inAll) {
      throw new AppError('unavailable', `${MOST.inAll} runs are being waited for already`);
    }
    const own = [...this.#waiting.values()].filter((waiting) => waiting.projectId === projectId);
    if (own.length >= MOST.ofProject) {
      throw new AppError(
        'rate_limited',
        `${MOST.ofProject} runs of this project are being waited for already`,
      );
    }
  }
}
