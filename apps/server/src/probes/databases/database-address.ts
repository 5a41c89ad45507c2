import { ProbeFailure } from '../failure.ts';
import type { ProbeRun } from '../kind.ts';
import { type TlsChoice, tlsChoice } from '../tls-settings.ts';

/** Where a database is and who asks. */
export interface DatabaseAddress {
  /** A name, or a literal address without brackets. */
  host: string;
  port: number;
  user: string;
  password: string;
  /** Empty = none is named. */
  database: string;
  /** Null = not encrypted. */
  tls: TlsChoice | null;
  /** What else the address says, by name. */
  query: URLSearchParams;
}

/** Settings that say where a database is. */
interface AddressSettings {
  url: string;
  tls: boolean;
  tls_ca: string;
}

/** Words of libpq's `sslmode` and MySQL's `ssl-mode` that demand encryption. */
const ENCRYPTED = /^(require|required|verify-ca|verify_ca|verify-full|verify_identity)$/i;

/**
 * Reads an address with its secrets. What a secret holds needs no percent-encoding. `sslmode` and `ssl-mode` of the
 * address count where the setting `tls` is off; files that it names are not read.
 * @throws ProbeFailure `config`
 */
export function databaseAddress(settings: AddressSettings, port: number, run: ProbeRun): DatabaseAddress {
  const url = new URL(settings.url.replaceAll(/\$\{secret:[A-Za-z0-9_]+\}/g, encodeURIComponent));
  const read = (part: string): string => run.secret(decoded(part));
  if (url.hostname === '') throw new ProbeFailure('config', 'the address names no host');
  const mode = url.searchParams.get('sslmode') ?? url.searchParams.get('ssl-mode') ?? '';
  return {
    host: read(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? port : Number(url.port),
    user: read(url.username),
    password: read(url.password),
    database: read(url.pathname.slice(1)),
    tls: tlsChoice({ ...settings, tls: settings.tls || ENCRYPTED.test(mode) }),
    query: url.searchParams,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ProbeFailure('config', 'the address holds a % that is not followed by two hexadecimal digits');
  }
}
