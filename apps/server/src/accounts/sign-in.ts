/** The ways in: each ends in a fresh session. What hashes a password happens here, outside of any transaction. */
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { ProjectRow, UserRow } from '../store/schema.ts';
import { readInvitation } from './invitations.ts';
import { readToken } from './one-time-token.ts';
import { noSuchReset, readReset } from './password-reset.ts';
import { hashPassword, requireGoodPassword, verifyPassword } from './passwords.ts';
import { proveSecondFactor } from './prove-code.ts';
import { hashToken, newToken } from './secret-token.ts';
import type { SessionOrigin } from './sessions.ts';
import { Tries } from './tries.ts';
import { userByEmail } from './users.ts';

/** Somebody who is in, with the token for the cookie. */
export interface SignedIn {
  user: UserRow;
  token: string;
}

/** What the set-up made. */
export interface SetUpResult extends SignedIn {
  project: ProjectRow;
}

/** How passwords are kept. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(password: string, kept: string | null): Promise<boolean>;
}

const ARGON2: Passwords = { hash: hashPassword, verify: verifyPassword };

type SignInContext = Pick<Context, 'config' | 'clock' | 'store' | 'writer' | 'secretKey'>;

/** Signing in, setting up and accepting invitations, with their limits. */
export class Gate {
  readonly #context: SignInContext;
  readonly #passwords: Passwords;
  /** What is counted before anything is looked at. */
  readonly tries: Tries;

  constructor(context: SignInContext, passwords: Passwords = ARGON2) {
    this.#context = context;
    this.#passwords = passwords;
    this.tries = new Tries(context.clock);
  }

  /**
   * `code` is of the second factor, for an account that has one.
   * @throws AppError `unauthenticated` (not telling which of the two is wrong), `second_factor` when only the code
   * is missing, RateLimited.
   */
  async signIn(
    email: string,
    password: string,
    origin: SessionOrigin,
    code: string | null = null,
  ): Promise<SignedIn> {
    this.#count(origin, email);
    const user = await this.#proven(email, password);
    await proveSecondFactor(this.#context, user, code);
    return this.#open(user, origin);
  }

  /** Makes the instance admin with the link's token. @throws AppError `not_found` when it does not lead in. */
  async setUp(
    given: { token: string; email: string; password: string; name: string },
    origin: SessionOrigin,
  ): Promise<SetUpResult> {
    this.#count(origin);
    const { store, clock, config, writer } = this.#context;
    const hash = hashToken(given.token);
    if ((await readToken(store.db, 'set-up', hash, clock.now())) === null) {
      throw new AppError('not_found', 'this set-up link was used, ran out, or is of an earlier start');
    }
    const { project, timeZone } = config();
    const made = await writer.run('accounts.setUp', {
      hash,
      email: given.email,
      name: given.name,
      password: await this.#passwords.hash(given.password),
      timeZone,
      project: project.name,
    });
    return { ...(await this.#open(made.user, origin)), project: made.project };
  }

  /** A stranger's own account. @throws AppError `forbidden` unless registration is open. */
  async register(
    given: { email: string; password: string; name: string },
    origin: SessionOrigin,
  ): Promise<SignedIn> {
    const { config, writer } = this.#context;
    if (!config().registrationOpen) throw new AppError('forbidden', 'registration is closed');
    this.#count(origin, given.email);
    const password = await this.#passwords.hash(given.password);
    const { timeZone } = config();
    return this.#open(await writer.run('accounts.register', { ...given, password, timeZone }), origin);
  }

  /**
   * Uses an invitation up: an existing account proves its password and second factor, a new one chooses a password.
   * @throws AppError `not_found`, `unauthenticated`, `second_factor`, `invalid`, RateLimited.
   */
  async accept(
    given: { token: string; password: string; name: string; code?: string | undefined },
    origin: SessionOrigin,
  ): Promise<SignedIn> {
    const { store, clock, config, writer } = this.#context;
    this.#count(origin);
    const hash = hashToken(given.token);
    const invited = await readInvitation(store.db, hash, clock.now());
    if (invited === null) throw new AppError('not_found', 'this invitation was used, or ran out');
    const known = await userByEmail(store.db, invited.email);
    if (known === undefined) requireGoodPassword(given.password);
    else {
      this.tries.at(invited.email);
      const user = await this.#proven(invited.email, given.password);
      await proveSecondFactor(this.#context, user, given.code ?? null);
    }
    const user = await writer.run('members.accept', {
      hash,
      name: given.name,
      password: known === undefined ? await this.#passwords.hash(given.password) : null,
      timeZone: config().timeZone,
    });
    return this.#open(user, origin);
  }

  /**
   * Somebody forgot the password: a mail with a link goes out if the address has an account, which neither the
   * answer nor its time tells. Does nothing where no mail is configured.
   * @throws AppError `unavailable` when too many mails wait, RateLimited.
   */
  async forgot(email: string, origin: SessionOrigin): Promise<void> {
    this.#count(origin);
    const { config, writer } = this.#context;
    this.tries.resetOf(email);
    if (config().mail.url !== null) await writer.run('password.forgot', email);
  }

  /**
   * Sets a new password by a link's token and lets its holder in; every session before ends.
   * @throws AppError `not_found` for a link that does not lead in, `second_factor`, `unauthenticated` for a wrong
   * code, RateLimited.
   */
  async resetPassword(
    given: { token: string; password: string; code?: string | undefined },
    origin: SessionOrigin,
  ): Promise<SignedIn> {
    this.#count(origin);
    const { store, clock, writer } = this.#context;
    const hash = hashToken(given.token);
    const user = await readReset(store.db, hash, clock.now());
    if (user === null) throw noSuchReset();
    this.tries.at(user.email);
    // The mailbox stands in for the password, and for nothing else.
    await proveSecondFactor(this.#context, user, given.code ?? null);
    const password = await this.#passwords.hash(given.password);
    return this.#open(await writer.run('password.reset', { hash, password }), origin);
  }

  /** Lets in whoever proves who they are in a way of its own. @throws what the proof throws, RateLimited. */
  async enterBy(prove: () => Promise<UserRow>, origin: SessionOrigin): Promise<SignedIn> {
    this.#count(origin);
    return this.#open(await prove(), origin);
  }

  /** Counts a try of proving a password while signed in. */
  async prove(user: UserRow, password: string, origin: SessionOrigin): Promise<void> {
    this.#count(origin, user.email);
    await this.#proven(user.email, password);
  }

  /** The same with a code of the second factor. */
  async proveCode(user: UserRow, code: string, origin: SessionOrigin): Promise<void> {
    this.#count(origin, user.email);
    await proveSecondFactor(this.#context, user, code);
  }

  #count(origin: SessionOrigin, email?: string): void {
    this.tries.from(origin);
    if (email !== undefined) this.tries.at(email);
  }

  async #proven(email: string, password: string): Promise<UserRow> {
    const user = await userByEmail(this.#context.store.db, email);
    if (await this.#passwords.verify(password, user?.password ?? null)) {
      if (user !== undefined) return user;
    }
    throw new AppError('unauthenticated', 'the e-mail address or the password is wrong');
  }

  async #open(user: UserRow, origin: SessionOrigin): Promise<SignedIn> {
    const token = newToken();
    const { id: userId, password } = user;
    await this.#context.writer.run('sessions.open', { ...origin, hash: hashToken(token), userId, password });
    return { user, token };
  }
}
