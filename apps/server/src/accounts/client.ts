/** Where a request comes from, for decisions of security. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export interface Client {
  address: string;
  /** A Forwarded header came from a peer that is not a trusted proxy: somebody pretends, or a proxy is missing. */
  pretends: boolean;
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * The address of whoever is behind our proxies: of X-Forwarded-For the last one that is not a trusted proxy.
 * What stands before it was sent by that client and may be invented.
 */
export function clientOf(request: IncomingMessage, trustedProxies: string[]): Client {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  const trusted = rangesOf(trustedProxies);
  const forwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
  if (!contains(trusted, peer)) return { address: peer, pretends: forwarded };
  const chain = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => plainAddress(entry.trim()))
    .filter((entry) => entry !== '');
  const address = chain.findLast((entry) => !contains(trusted, entry)) ?? chain[0] ?? peer;
  return { address, pretends: false };
}

/** Whether an address is in one of the ranges (IP addresses and CIDR). */
export function inRanges(address: string, ranges: string[]): boolean {
  return contains(rangesOf(ranges), address);
}

/** Addresses that count as one: a host of IPv4, a network (/64) of IPv6, which one subscriber owns whole. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

const known = new WeakMap<string[], BlockList>();

/** A configuration's lists are replaced as a whole, so one list is always the same ranges. */
function rangesOf(ranges: string[]): BlockList {
  const made = known.get(ranges);
  if (made !== undefined) return made;
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = familyOf(address);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  known.set(ranges, list);
  return list;
}

function contains(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** IPv4 that arrived on an IPv6 socket in its own form; without port and brackets. */
function plainAddress(given: string): string {
  const address = given.startsWith('::ffff:') ? given.slice('::ffff:'.length) : given;
  if (isIP(address) !== 0) return address;
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/:\d+$/, '');
  return isIP(bare) === 0 ? '' : bare;
}
