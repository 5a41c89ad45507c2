import { identitySchema } from '@vigie/contract';
import type { Identity } from '../../accounts/identity.ts';
import { requestOrigin } from '../../accounts/same-origin.ts';
import { sessionCookie } from '../../accounts/session-cookie.ts';
import type { SignedIn } from '../../accounts/sign-in.ts';
import { AppError } from '../../errors.ts';
import { presentIdentity } from './account-views.ts';
import type { RawCall } from './define.ts';

/** What every way in answers. */
export const identityAnswer = { status: 200, description: 'Who is in now', schema: identitySchema } as const;

/** Sets the cookie and says who is in. */
export async function admit(call: Pick<RawCall, 'context' | 'reply'>, { user, token }: SignedIn) {
  const { context, reply } = call;
  reply.header('Set-Cookie', sessionCookie(token, context.config().baseUrl));
  const identity: Identity = { kind: 'session', user, sessionHash: '' };
  return presentIdentity(context.store.db, identity);
}

/** A page of another site must not sign its visitor in as somebody else. @throws AppError `forbidden`. */
export function refuseForeignPage({ request, context }: Pick<RawCall, 'request' | 'context'>): void {
  if (requestOrigin(request.headers, context.config().baseUrl) !== 'foreign') return;
  throw new AppError('forbidden', 'this was asked for by a page of another site');
}
