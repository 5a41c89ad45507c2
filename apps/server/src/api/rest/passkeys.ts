/** Passkeys: those of whoever is signed in, and signing in by one. */
import {
  type Passkey,
  passkeyCreateSchema,
  passkeyOptionsSchema,
  passkeyPatchSchema,
  passkeySchema,
  passkeySignInSchema,
  passwordProofSchema,
} from '@vigie/contract';
import { z } from 'zod';
import {
  additionOptions,
  addPasskey,
  provePasskey,
  signInOptions,
} from '../../accounts/passkeys/ceremonies.ts';
import { passkeysOf } from '../../accounts/passkeys/passkeys.ts';
import { type RelyingParty, relyingParty } from '../../accounts/passkeys/relying-party.ts';
import type { PasskeyRow } from '../../store/schema.ts';
import { admit, identityAnswer, refuseForeignPage } from './admit.ts';
import { originOf, personOf } from './caller.ts';
import { defineRoute, type RawCall, type RestRoute } from './define.ts';
import { knownUuid } from './find-project.ts';
import { instant, instantOrNull } from './format.ts';

const PASSKEYS = '/api/vigie/me/passkeys';
const PASSKEY = `${PASSKEYS}/:passkey`;

const list = defineRoute({
  method: 'GET',
  path: PASSKEYS,
  tag: 'session',
  summary: 'Lists the passkeys of the caller, oldest first',
  access: 'known',
  success: { status: 200, description: 'Passkeys', schema: z.object({ items: z.array(passkeySchema) }) },
  async handle(call) {
    const rows = await passkeysOf(call.context.store.db, personOf(call).user.id);
    return { items: rows.map(presentPasskey) };
  },
});

const additionChallenge = defineRoute({
  method: 'POST',
  path: `${PASSKEYS}/options`,
  tag: 'session',
  summary: 'Tells the browser how to make a passkey for the caller, who proves the password',
  access: 'known',
  body: passwordProofSchema,
  success: { status: 200, description: 'Creation options', schema: passkeyOptionsSchema },
  async handle(call) {
    const { context, body } = call;
    const { user } = personOf(call);
    // Without the challenge that is made here no passkey is kept: a session alone must not become a way in that lasts.
    await context.gate.prove(user, body.password, originOf(call));
    return { ...(await additionOptions(context, user, partyOf(call))) };
  },
});

const add = defineRoute({
  method: 'POST',
  path: PASSKEYS,
  tag: 'session',
  summary: 'Keeps a passkey that the browser made',
  access: 'known',
  body: passkeyCreateSchema,
  success: { status: 201, description: 'The passkey', schema: passkeySchema },
  async handle(call) {
    const { user } = personOf(call);
    return presentPasskey(await addPasskey(call.context, user, partyOf(call), call.body));
  },
});

const rename = defineRoute({
  method: 'PATCH',
  path: PASSKEY,
  tag: 'session',
  summary: 'Gives a passkey another name',
  access: 'known',
  body: passkeyPatchSchema,
  success: { status: 200, description: 'The passkey', schema: passkeySchema },
  async handle(call) {
    const input = { ...refOf(call), name: call.body.name };
    return presentPasskey(await call.context.writer.run('passkeys.rename', input));
  },
});

const remove = defineRoute({
  method: 'DELETE',
  path: PASSKEY,
  tag: 'session',
  summary: 'Forgets a passkey: it lets nobody in any more',
  access: 'known',
  success: { status: 204, description: 'It is gone' },
  async handle(call) {
    await call.context.writer.run('passkeys.remove', refOf(call));
  },
});

const signInChallenge = defineRoute({
  method: 'POST',
  path: '/api/vigie/session/passkey/options',
  tag: 'session',
  summary: 'Tells the browser how to ask for a passkey',
  access: 'open',
  success: { status: 200, description: 'Request options', schema: passkeyOptionsSchema },
  async handle(call) {
    refuseForeignPage(call);
    call.context.gate.tries.challengeFrom(originOf(call));
    return { ...(await signInOptions(call.context, partyOf(call))) };
  },
});

const signIn = defineRoute({
  method: 'POST',
  path: '/api/vigie/session/passkey',
  tag: 'session',
  summary: 'Signs in by a passkey, which stands for password and second factor',
  access: 'open',
  body: passkeySignInSchema,
  success: identityAnswer,
  async handle(call) {
    refuseForeignPage(call);
    const { context, body } = call;
    const prove = () => provePasskey(context, partyOf(call), body.response);
    return admit(call, await context.gate.enterBy(prove, originOf(call)));
  },
});

function presentPasskey({ code, name, synced, created_at, last_used_at }: PasskeyRow): Passkey {
  return {
    id: code,
    name,
    synced: synced === 1,
    created_at: instant(created_at),
    last_used_at: instantOrNull(last_used_at),
  };
}

function partyOf({ context, request }: Pick<RawCall, 'context' | 'request'>): RelyingParty {
  return relyingParty(context.config(), request.headers.origin);
}

function refOf(call: Pick<RawCall, 'identity' | 'params'>) {
  const { user } = personOf(call);
  const code = knownUuid(call.params['passkey'], 'passkey');
  return { userId: user.id, code, actor: `user:${user.email}` };
}

export const passkeyRoutes: RestRoute[] = [
  list,
  additionChallenge,
  add,
  rename,
  remove,
  signInChallenge,
  signIn,
];
