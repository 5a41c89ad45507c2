/** Certificates of an authority of the test's own, made by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a server proves itself with, as PEM. */
export interface Identity {
  key: string;
  cert: string;
}

export interface Authority extends Disposable {
  /** Holds `ca.pem`, and `<name>.pem` and `<name>.key` of what was issued last. */
  folder: string;
  /** Whoever trusts it trusts all that it issues. */
  ca: string;
  /** An identity for a host name or an address, valid for some days; -1 = expired since yesterday. */
  issue(name: string, days?: number): Identity;
  /** An identity that nobody vouches for. */
  selfSigned(name: string): Identity;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout'];

export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-authority-'));
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const identity = (name: string): Identity => ({ key: read(`${name}.key`), cert: read(`${name}.pem`) });
  const self = (name: string, subject: string): void => {
    openssl(
      'req',
      '-x509',
      ...NEW_KEY,
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      subject,
      '-days',
      '30',
    );
  };
  self('ca', '/O=Vigie Test/CN=Test CA');
  return {
    folder,
    ca: read('ca.pem'),
    issue(name, days = 30) {
      writeFileSync(join(folder, 'names'), `subjectAltName=${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`);
      openssl('req', ...NEW_KEY, `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', String(days), '-extfile', 'names'];
      openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.pem`);
      return identity(name);
    },
    selfSigned(name) {
      self('self', `/CN=${name}`);
      return identity('self');
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What most tests need, made once a process. */
export interface Certificates {
  ca: string;
  /** For localhost. */
  good: Identity;
  expired: Identity;
  /** For elsewhere.example. */
  elsewhere: Identity;
  selfSigned: Identity;
}

export type Certificate = Identity;

let made: Certificates | null = null;

export function certificates(): Certificates {
  if (made !== null) return made;
  using authority = makeAuthority();
  made = {
    ca: authority.ca,
    good: authority.issue('localhost'),
    expired: authority.issue('localhost', -1),
    elsewhere: authority.issue('elsewhere.example'),
    selfSigned: authority.selfSigned('localhost'),
  };
  return made;
}
