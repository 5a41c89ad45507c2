import type { Clock } from '../clock.ts';
import { networkOf } from './client.ts';
import { RateLimit } from './rate-limit.ts';
import type { SessionOrigin } from './sessions.ts';

/** Milliseconds. */
const HOUR = 3_600_000;
/** Source: Healthchecks' limits on sign-in. */
const PER_ADDRESS = { limit: 20, window: HOUR, capacity: 10_000 };
const PER_EMAIL = { limit: 10, window: HOUR, capacity: 10_000 };
/** Mails with a link to a new password that one account gets. */
const RESETS = { limit: 5, window: HOUR, capacity: 10_000 };
/** Mails with an invitation that one person sends, and that one address gets. */
const INVITATIONS = { limit: 100, window: HOUR, capacity: 10_000 };
const INVITED = { limit: 5, window: HOUR, capacity: 10_000 };
/** Challenges for passkeys: a page asks for one each time somebody wants in. */
const CHALLENGES = { limit: 100, window: HOUR, capacity: 10_000 };

/** Counts tries to get in, right or wrong. Each method throws RateLimited when there were too many. */
export class Tries {
  readonly #clock: Clock;
  readonly #byAddress = new RateLimit(PER_ADDRESS);
  readonly #byEmail = new RateLimit(PER_EMAIL);
  readonly #resets = new RateLimit(RESETS);
  readonly #invitations = new RateLimit(INVITATIONS);
  readonly #invited = new RateLimit(INVITED);
  readonly #challenges = new RateLimit(CHALLENGES);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A try from somewhere. */
  from({ remoteAddr }: SessionOrigin): void {
    this.#byAddress.take(networkOf(remoteAddr), this.#clock.monotonic());
  }

  /** A try at one account, whether it exists or not. */
  at(email: string): void {
    this.#byEmail.take(email, this.#clock.monotonic());
  }

  /** A mail with a link that somebody wants. */
  resetOf(email: string): void {
    this.#resets.take(email, this.#clock.monotonic());
  }

  /** A mail with an invitation, `by` whom and to whom: a project is no means to fill the mailbox of a stranger. */
  invitationMail(by: string, email: string): void {
    const now = this.#clock.monotonic();
    this.#invited.take(email, now);
    this.#invitations.take(by, now);
  }

  /** A challenge that somebody wants. */
  challengeFrom({ remoteAddr }: SessionOrigin): void {
    this.#challenges.take(networkOf(remoteAddr), this.#clock.monotonic());
  }
}
