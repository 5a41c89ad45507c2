/**
 * The two ceremonies of WebAuthn: adding a passkey, and proving who one is by it. The authenticator must verify its
 * user (finger, face, PIN), so that a passkey counts as both factors.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import type { AuthenticatorTransport, PasskeyAssertion, PasskeyAttestation } from '@vigie/contract';
import type { Context } from '../../context.ts';
import { AppError, messageOf } from '../../errors.ts';
import type { PasskeyRow, UserRow } from '../../store/schema.ts';
import { hashToken } from '../secret-token.ts';
import { CHALLENGE_LIFE, type ChallengePurpose, challengeEnd, newChallenge } from './challenge.ts';
import { type AnsweredChallenge, passkeyBy, passkeysOf } from './passkeys.ts';
import type { RelyingParty } from './relying-party.ts';

type PasskeyContext = Pick<Context, 'config' | 'clock' | 'store' | 'writer' | 'secretKey'>;

/** Loaded when the first passkey is used: most starts do without its megabytes. */
const library = () => import('@simplewebauthn/server');

/** Ed25519, ES256 and RS256 by their COSE numbers: what every authenticator has one of. */
const ALGORITHMS = [-8, -7, -257];

/** What the browser needs to make a passkey for a person. */
export async function additionOptions(context: PasskeyContext, user: UserRow, party: RelyingParty) {
  const { config, clock, store, secretKey } = context;
  const { generateRegistrationOptions } = await library();
  const known = await passkeysOf(store.db, user.id);
  return generateRegistrationOptions({
    rpName: config().siteName,
    rpID: party.id,
    userName: user.email,
    userDisplayName: user.name || user.email,
    userID: userHandle(secretKey, user.id),
    challenge: newChallenge(secretKey, `add:${user.id}`, clock.now()),
    timeout: CHALLENGE_LIFE,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((row) => ({ id: row.credential, transports: transportsOf(row) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Keeps the passkey that the browser made. @throws AppError `invalid` with what is wrong with it, `conflict`. */
export async function addPasskey(
  context: PasskeyContext,
  user: UserRow,
  party: RelyingParty,
  given: { name: string; response: PasskeyAttestation },
): Promise<PasskeyRow> {
  const { response, name } = given;
  const { verifyRegistrationResponse } = await library();
  const challenge = expecting(context, `add:${user.id}`);
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: { ...response, clientExtensionResults: {} },
    expectedChallenge: challenge.accept,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((error: unknown) => refuse('invalid', error));
  if (!verified || registrationInfo === undefined) return refuse('invalid', 'it was not verified');
  const { credential, credentialBackedUp } = registrationInfo;
  return context.writer.run('passkeys.add', {
    userId: user.id,
    actor: `user:${user.email}`,
    challenge: challenge.answered(),
    passkey: {
      credential: credential.id,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: JSON.stringify(response.response.transports ?? []),
      name,
      synced: credentialBackedUp ? 1 : 0,
    },
  });
}

/** What the browser needs to ask for any passkey of this site. */
export async function signInOptions({ clock, secretKey }: PasskeyContext, party: RelyingParty) {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: newChallenge(secretKey, 'sign-in', clock.now()),
    timeout: CHALLENGE_LIFE,
    userVerification: 'required',
  });
}

/** Whose passkey answered. Its challenge is used up. @throws AppError `unauthenticated`. */
export async function provePasskey(
  context: PasskeyContext,
  party: RelyingParty,
  response: PasskeyAssertion,
): Promise<UserRow> {
  const { store, writer, secretKey } = context;
  const passkey = await passkeyBy(store.db, response.id);
  if (passkey === undefined) throw new AppError('unauthenticated', 'this passkey is not known here');
  const handle = response.response.userHandle;
  if (handle !== undefined && handle !== base64url(userHandle(secretKey, passkey.user_id))) {
    throw new AppError('unauthenticated', 'this passkey is of another person');
  }
  const { verifyAuthenticationResponse } = await library();
  const challenge = expecting(context, 'sign-in');
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...response, clientExtensionResults: {} },
    expectedChallenge: challenge.accept,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credential,
      publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
      counter: passkey.counter,
      transports: transportsOf(passkey),
    },
  }).catch((error: unknown) => refuse('unauthenticated', error));
  if (!verified) return refuse('unauthenticated', 'its signature is wrong');
  const { newCounter: counter } = authenticationInfo;
  await writer.run('passkeys.use', { id: passkey.id, counter, challenge: challenge.answered() });
  return store.db.selectFrom('users').selectAll().where('id', '=', passkey.user_id).executeTakeFirstOrThrow();
}

/** Takes a challenge of ours for one purpose, and remembers which it was. */
function expecting({ secretKey, clock }: PasskeyContext, purpose: ChallengePurpose) {
  let found: AnsweredChallenge | null = null;
  return {
    accept(challenge: string): boolean {
      const end = challengeEnd(secretKey, purpose, challenge, clock.now());
      if (end !== null) found = { hash: hashToken(challenge), end };
      return end !== null;
    },
    answered(): AnsweredChallenge {
      if (found === null) throw new Error('BUG: a passkey was verified without its challenge');
      return found;
    },
  };
}

/** Characters of the library's reason that are told: it repeats what was sent. */
const REASON_LENGTH = 200;

function refuse(code: 'invalid' | 'unauthenticated', reason: unknown): never {
  const text = typeof reason === 'string' ? reason : messageOf(reason);
  const message = `the answer of the passkey cannot be taken: ${text.slice(0, REASON_LENGTH)}`;
  throw new AppError(code, message, { field: 'response', cause: reason });
}

/** How authenticators know a person: tells nothing of them, and is another one on every server. */
function userHandle(secretKey: string, userId: number): Uint8Array<ArrayBuffer> {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'vigie passkey user', 32));
  return new Uint8Array(createHmac('sha256', key).update(String(userId)).digest());
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function transportsOf({ transports }: PasskeyRow): AuthenticatorTransport[] {
  return JSON.parse(transports) as AuthenticatorTransport[];
}
