import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Where a request came from, as far as the proxies before us are believed. */
export interface Peer {
  address: string;
  scheme: string;
}

/** Tells the peer of a request: Forwarded headers count only from the trusted proxies. */
export function peerReader(trustedProxies: string[]): (request: IncomingMessage) => Peer {
  const trusted = new BlockList();
  for (const entry of trustedProxies) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  return (request) => {
    const socket = request.socket;
    const address = plainAddress(socket.remoteAddress ?? '');
    const scheme = 'encrypted' in socket ? 'https' : 'http';
    const forwarded =
      request.headers['x-forwarded-for'] !== undefined || request.headers['x-forwarded-proto'] !== undefined;
    if (!forwarded || !trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
      return { address, scheme };
    return {
      address: firstOf(request.headers['x-forwarded-for']) || address,
      scheme: firstOf(request.headers['x-forwarded-proto']) || scheme,
    };
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
