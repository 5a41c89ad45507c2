import { z } from 'zod';
import { instantSchema, nameSchema } from './common.ts';

/** A way in without a password: a key that an authenticator keeps for this site. */
export const passkeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    synced: z.boolean().meta({ description: 'Whether its maker’s cloud keeps it too' }),
    created_at: instantSchema,
    last_used_at: instantSchema.nullable(),
  })
  .meta({ id: 'Passkey' });

/** A passkey, as a type. */
export type Passkey = z.infer<typeof passkeySchema>;

/** Options of a ceremony, as `navigator.credentials` takes them in JSON (WebAuthn Level 3). */
export const passkeyOptionsSchema = z
  .record(z.string(), z.unknown())
  .meta({ id: 'PasskeyOptions', description: 'Options of WebAuthn Level 3, in its JSON form' });

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

/** How an authenticator is reached. */
export type AuthenticatorTransport = (typeof TRANSPORTS)[number];

/** Bytes as base64url; the longest is an attestation with its certificates. */
const bytesSchema = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/, 'is not base64url');

const credential = {
  id: bytesSchema(1400).min(1),
  rawId: bytesSchema(1400).min(1),
  type: z.literal('public-key'),
};

/** What `navigator.credentials.create` gave, in JSON; what we do not need is left out. */
export const passkeyAttestationSchema = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: bytesSchema(4000),
      attestationObject: bytesSchema(40_000),
      // New ways to reach one are invented now and then.
      transports: z
        .array(z.string().max(50))
        .max(20)
        .transform((given) => TRANSPORTS.filter((known) => given.includes(known)))
        .optional(),
    }),
  })
  .meta({ id: 'PasskeyAttestation' });

/** What `navigator.credentials.create` gave, as a type. */
export type PasskeyAttestation = z.output<typeof passkeyAttestationSchema>;

/** What `navigator.credentials.get` gave, in JSON; what we do not need is left out. */
export const passkeyAssertionSchema = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: bytesSchema(4000),
      authenticatorData: bytesSchema(4000),
      signature: bytesSchema(4000),
      userHandle: bytesSchema(200).optional(),
    }),
  })
  .meta({ id: 'PasskeyAssertion' });

/** What `navigator.credentials.get` gave, as a type. */
export type PasskeyAssertion = z.output<typeof passkeyAssertionSchema>;

/** A passkey that the browser has just made. */
export const passkeyCreateSchema = z
  .strictObject({ name: nameSchema(100), response: passkeyAttestationSchema })
  .meta({ id: 'PasskeyCreate' });

/** Another name for a passkey. */
export const passkeyPatchSchema = z.strictObject({ name: nameSchema(100) }).meta({ id: 'PasskeyPatch' });

/** Signing in by a passkey. */
export const passkeySignInSchema = z
  .strictObject({ response: passkeyAssertionSchema })
  .meta({ id: 'PasskeySignIn' });
