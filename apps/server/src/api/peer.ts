import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { inRanges } from '../accounts/client.ts';

/** Where a request came from, as far as the proxies before us are believed. */
export interface Peer {
  address: string;
  scheme: string;
}

/** The peer of a request: Forwarded headers count only from the trusted proxies (IP addresses and CIDR ranges). */
export function peerOf(request: IncomingMessage, trustedProxies: string[]): Peer {
  const { socket, headers } = request;
  const address = plainAddress(socket.remoteAddress ?? '');
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const forwarded = headers['x-forwarded-for'] !== undefined || headers['x-forwarded-proto'] !== undefined;
  if (!forwarded || !inRanges(address, trustedProxies)) return { address, scheme };
  const told = firstOf(headers['x-forwarded-proto']).toLowerCase();
  return {
    address: firstOf(headers['x-forwarded-for']) || address,
    // Whatever else a proxy hands on is no scheme that a ping can come by.
    scheme: told === 'http' || told === 'https' ? told : scheme,
  };
}

/** IPv4 that arrived on an IPv6 socket, in its own form. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

/** The first entry of a list header; an IPv4 address without its port. */
function firstOf(header: string | string[] | undefined): string {
  const [first = ''] = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
  const value = first.trim();
  const [host = '', port] = value.split(':');
  return port !== undefined && isIP(host) === 4 ? host : value;
}
