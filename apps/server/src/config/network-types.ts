import { isIP } from 'node:net';
import { z } from 'zod';
import { shownValue } from './problem.ts';
import { list, readAs, type ValueType } from './value-types.ts';

/** A port, 0 meaning any free one. */
export const HIGHEST_PORT = 65_535;

/** The address ranges of this machine itself. */
export const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** A label of a host name; container networks use `_` too. */
const HOST_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** A name that can resolve. One whose last label is a number would be a mistyped IP address. */
export function isHostName(given: string): boolean {
  const labels = given.replace(/\.$/, '').split('.');
  if (given.length > 253 || /^\d+$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => HOST_LABEL.test(label));
}

/** An IP address, or one with a prefix length: 10.0.0.0/8, fd00::/8. */
export function isAddressRange(given: string): boolean {
  const [address = '', prefix, ...rest] = given.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

function readHost(given: string): string | undefined {
  const bare = /^\[.*\]$/.test(given) ? given.slice(1, -1) : given;
  return isIP(bare) !== 0 || isHostName(bare) ? bare : undefined;
}

/** The address a listener binds. */
export const host: ValueType<string> = readAs(readHost, 'a host name or IP address');

/** `host:port` or `:port`; an IPv6 address stands in brackets. */
export const listenAddress: ValueType<{ host: string; port: number }> = readAs(
  readListenAddress,
  '"host:port" or ":port"',
);

function readListenAddress(given: string): { host: string; port: number } | undefined {
  const match = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(given);
  const name = match?.[1] === '' ? '0.0.0.0' : readHost(match?.[1] ?? '');
  const port = Number(match?.[2]);
  return match === null || name === undefined || port > HIGHEST_PORT ? undefined : { host: name, port };
}

function items(read: (given: string) => string[] | undefined, accepts: string): ValueType<string[]> {
  const item = z.string().transform((given, context): string[] => {
    const value = read(given);
    if (value !== undefined) return value;
    context.addIssue({
      code: 'custom',
      message: `holds ${shownValue(given, false)}, which is none of: ${accepts}`,
    });
    return z.NEVER;
  });
  return list(item, accepts);
}

/** IP addresses and CIDR ranges; the word `loopback` stands for both loopback ranges. */
export const addressRanges: ValueType<string[]> = items(
  (given) => (given === 'loopback' ? LOOPBACK : isAddressRange(given) ? [given] : undefined),
  'IP addresses, CIDR ranges, loopback',
);

/** Where the server may connect to. */
export const targets: ValueType<string[]> = items(
  (given) => (isAddressRange(given) || isHostName(given) ? [given.toLowerCase()] : undefined),
  'host names, IP addresses, CIDR ranges',
);

/** Services by host and port, in brackets an IPv6 address. */
export const endpoints: ValueType<string[]> = items((given) => {
  const address = given.startsWith(':') ? undefined : readListenAddress(given);
  return address === undefined || address.port === 0 ? undefined : [given.toLowerCase()];
}, 'host:port');

/** Values of the Host header, as Healthchecks takes them: `*`, a name, `.example.com` with its subdomains. */
export const hostPatterns: ValueType<string[]> = items((given) => {
  const known = given === '*' || readHost(given) !== undefined || isHostName(given.replace(/^\./, ''));
  return known ? [given.toLowerCase()] : undefined;
}, 'host names, .domains, *');

function parseUrl(given: string, protocols: readonly string[]): URL | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url !== undefined && protocols.includes(url.protocol) ? url : undefined;
}

/** Any http or https address, kept as it is. */
export const httpUrl: ValueType<string> = readAs(
  (given) => parseUrl(given, ['http:', 'https:']) && given,
  'an http:// or https:// URL',
);

const BASE_URL = 'an http:// or https:// URL without user, query and fragment';

function readBase(given: string): string | undefined {
  const url = parseUrl(given, ['http:', 'https:']);
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  if (url.search !== '' || url.hash !== '') return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** An address that others are appended to; without its trailing slash. */
export const baseUrl: ValueType<string> = readAs(readBase, BASE_URL);

/** The same with one trailing slash. */
export const baseUrlWithSlash: ValueType<string> = readAs((given) => {
  const base = readBase(given);
  return base === undefined ? undefined : `${base}/`;
}, BASE_URL);

/** A mail server: `smtp://`, upgraded with STARTTLS where offered, or `smtps://`. */
export const mailUrl: ValueType<string> = readAs(
  (given) => ((parseUrl(given, ['smtp:', 'smtps:'])?.hostname ?? '') === '' ? undefined : given),
  'smtp:// or smtps:// with [user:password@]host[:port]',
);

/** `sqlite:<path>`, or PostgreSQL; of two spellings for the same, one is left. */
export const databaseUrl: ValueType<string> = readAs((given) => {
  const file = given.replace(/^sqlite:\/\/\//, 'sqlite:/');
  if (/^sqlite:(?!\/\/)./.test(file)) return file;
  const url = parseUrl(given, ['postgres:', 'postgresql:']);
  if (url === undefined || (url.hostname === '' && !url.searchParams.has('host'))) return undefined;
  return given.replace(/^postgresql:/i, 'postgres:');
}, 'sqlite:<path> or postgres://user:password@host:port/name');
