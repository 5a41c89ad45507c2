import type { KeyOwner } from '../../accounts/keys.ts';
import type { Context } from '../../context.ts';
import type { View } from './check-json.ts';
import type { Call } from './endpoint.ts';

/** How the owner of a key sees checks now. */
export function viewOf(
  context: Pick<Context, 'clock' | 'config'>,
  call: Pick<Call, 'version'>,
  owner: KeyOwner,
): View {
  const { baseUrl, pingEndpoint } = context.config();
  return {
    version: call.version,
    readOnly: owner.scope === 'read',
    now: context.clock.now(),
    baseUrl,
    pingEndpoint,
  };
}
