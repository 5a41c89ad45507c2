/** Types of settings that several kinds share. */
import { z } from 'zod';

/** Characters of a host name (RFC 1035 allows 255 octets). */
const HOST_LENGTH = 255;
/** Characters of an address, its user and password included. */
const URL_LENGTH = 2_000;

/** A name or a literal address, IPv6 ones with or without brackets. */
export function hostName() {
  return z
    .string()
    .min(1)
    .max(HOST_LENGTH)
    .regex(/^[A-Za-z0-9._:[\]%-]+$/, { error: 'must be a host name or an address' });
}

export function portNumber() {
  return z.int().min(1).max(65_535);
}

/**
 * An address of one of these schemes (without colon), which may hold a password: it is secret, and may hold
 * `${secret:NAME}` in place of it.
 */
export function serviceUrl(...schemes: string[]) {
  const wanted = schemes.map((scheme) => `${scheme}://`).join(' or ');
  return z
    .string()
    .max(URL_LENGTH)
    .refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && isUrl(text), {
      error: `must be an address that begins with ${wanted}`,
    });
}

function isUrl(text: string): boolean {
  return URL.canParse(text.replaceAll(/\$\{secret:[A-Za-z0-9_]+\}/g, 'x'));
}

/** `host:port` of an address, for people: never its user, password or query. */
export function instanceOf(url: string, port: number): string {
  const { hostname, port: own } = new URL(url.replaceAll(/\$\{secret:[A-Za-z0-9_]+\}/g, 'x'));
  return `${hostname}:${own === '' ? port : own}`;
}
