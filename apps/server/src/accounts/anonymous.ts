import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Role } from '@vigie/contract/vocabulary';
import type { Config } from '../config/config.ts';
import { clientOf, inRanges } from './client.ts';

type AnonymousConfig = Pick<Config, 'anonymous' | 'trustedProxies' | 'baseUrl' | 'allowedHosts'>;

/**
 * The role of a request without credentials; null = none. A request that a web page may have started, or that
 * came by a proxy nobody declared, gets none: either could carry a stranger's wish from a trusted address.
 */
export function anonymousRole(request: IncomingMessage, config: AnonymousConfig): Role | null {
  const { role, from } = config.anonymous;
  if (role === 'none') return null;
  const client = clientOf(request, config.trustedProxies);
  if (client.pretends || !inRanges(client.address, from)) return null;
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined || (site !== undefined && site !== 'same-origin' && site !== 'none')) return null;
  return ownHost(host ?? '', config) ? role : null;
}

/** Whether a Host header means us. A name that an attacker made resolve to us (DNS rebinding) does not. */
function ownHost(header: string, config: AnonymousConfig): boolean {
  const name = header.replace(/:\d+$/, '').toLowerCase();
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0 || name === 'localhost' || name.endsWith('.localhost')) return true;
  if (name === new URL(config.baseUrl).hostname) return true;
  return config.allowedHosts.some((pattern) =>
    pattern.startsWith('.')
      ? name === pattern.slice(1) || name.endsWith(pattern)
      : pattern !== '*' && name === pattern,
  );
}
