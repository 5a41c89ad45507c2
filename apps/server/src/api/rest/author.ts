import { actorOf, type Identity } from '../../accounts/identity.ts';

/** What to call who makes something, for people. */
export function authorOf(identity: Identity): string {
  return identity.kind === 'session' ? identity.user.name || identity.user.email : actorOf(identity);
}
