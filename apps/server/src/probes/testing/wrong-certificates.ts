import { createServer } from 'node:tls';
import type { ProbeKind } from '../kind.ts';
import { type Identity, makeAuthority } from './certificates.ts';
import { listening } from './peers.ts';
import { assertFailed, probing } from './probing.ts';

export interface WrongCertificates {
  kind: ProbeKind;
  /** Settings that go to this port of localhost over TLS and trust this authority; null = the well-known ones. */
  settings(port: number, ca: string | null): unknown;
}

/** Asserts that no certificate is taken that is expired, for another host, or by an authority that is not trusted. */
export async function assertWrongCertificates({ kind, settings }: WrongCertificates): Promise<void> {
  using authority = makeAuthority();
  const { ca } = authority;
  const refuses = async (identity: Identity, trusted: string | null): Promise<void> => {
    await using peer = await listening(createServer(identity));
    assertFailed(await probing(kind, settings(peer.port, trusted)), 'tls', /certificate/);
    await peer.allClosed();
  };
  await refuses(authority.issue('localhost', -1), ca);
  await refuses(authority.issue('elsewhere.example'), ca);
  await refuses(authority.selfSigned('localhost'), ca);
  await refuses(authority.issue('localhost'), null);
}
