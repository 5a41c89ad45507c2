import { BlockList, isIP } from 'node:net';

export interface TargetRules {
  /** Whether loopback and private addresses may be called. */
  allowPrivate: boolean;
  /** Host names, IP addresses and CIDR ranges that may be called although they are private. */
  allow: readonly string[];
}

/** Never a service anybody monitors, always a way to credentials: no setting opens them. */
const NEVER = [
  // Link-local (RFC 3927, RFC 4291): among others the metadata services of AWS, Azure, GCP, OpenStack.
  '169.254.0.0/16',
  'fe80::/10',
  // The metadata services that live elsewhere, from the providers' own documentation:
  'fd00:ec2::/32', // AWS
  'fd20:ce::254', // Google Cloud
  '100.100.100.200', // Alibaba Cloud
  '192.0.0.192', // Oracle Cloud
  '168.63.129.16', // Azure host services
];

/** This machine and its neighbours (RFC 1122, 1918, 4193, 6598). */
const PRIVATE = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '::',
  '::1',
  'fc00::/7',
];

/** Reading of the rules once; asking is then cheap. */
export interface AddressPolicy {
  /** Why this address may not be called for this host, or null when it may. */
  refusal(host: string, address: string): string | null;
}

const never = blockList(NEVER);
const privates = blockList(PRIVATE);

/** Decides which addresses outgoing calls may reach. */
export function addressPolicy(rules: TargetRules): AddressPolicy {
  const isRange = (entry: string): boolean => isIP(entry.split('/')[0] ?? '') !== 0;
  const hosts = new Set(rules.allow.filter((entry) => !isRange(entry)).map((entry) => entry.toLowerCase()));
  const excepted = blockList(rules.allow.filter(isRange));
  return {
    refusal(host, address) {
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (never.check(address, family)) return 'link-local and cloud metadata addresses are never called';
      if (rules.allowPrivate || !privates.check(address, family)) return null;
      if (hosts.has(host.toLowerCase()) || excepted.check(address, family)) return null;
      return 'private addresses may not be called (VIGIE_ALLOW_PRIVATE_TARGETS, VIGIE_ALLOW_TARGETS)';
    },
  };
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (isIP(address) === 6) {
      list.addSubnet(address, bits === undefined ? 128 : Number(bits), 'ipv6');
      continue;
    }
    const length = bits === undefined ? 32 : Number(bits);
    list.addSubnet(address, length, 'ipv4');
    // The same machine, reached through the forms of IPv6 that carry an IPv4 address.
    const hex = hexOf(address);
    list.addSubnet(`::ffff:${address}`, 96 + length, 'ipv6');
    list.addSubnet(`64:ff9b::${hex}`, 96 + length, 'ipv6');
    list.addSubnet(`2002:${hex}::`, 16 + length, 'ipv6');
  }
  return list;
}

/** 169.254.1.2 as a9fe:102. */
function hexOf(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
