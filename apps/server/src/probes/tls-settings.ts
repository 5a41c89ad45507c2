/** How a client's side of TLS is set, alike for the kinds that speak a protocol of their own over it. */
import { z } from 'zod';

/** Characters of certificates of authorities. */
const CA_LENGTH = 100_000;

/** What a certificate is held against. */
export interface TlsChoice {
  /** Certificates of authorities in PEM; null = those that Node.js knows. */
  ca: string | null;
}

/** Spread these into a kind's settings. */
export function tlsSettings() {
  return {
    tls: z.boolean().default(false).meta({ title: 'TLS', title_fr: 'TLS' }),
    tls_ca: z
      .string()
      .max(CA_LENGTH)
      .regex(/^(\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)*$/, {
        error: 'must be certificates in PEM',
      })
      .default('')
      .meta({
        title: 'Certificates of authorities',
        title_fr: 'Certificats d’autorités',
        description: 'In PEM, instead of the well-known authorities',
        description_fr: 'En PEM, à la place des autorités connues',
      }),
  };
}

/** The choice that these settings are; null = plain. */
export function tlsChoice({ tls, tls_ca }: { tls: boolean; tls_ca: string }): TlsChoice | null {
  return tls ? { ca: tls_ca.trim() === '' ? null : tls_ca } : null;
}
