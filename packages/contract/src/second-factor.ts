import { z } from 'zod';
import { codeSchema } from './account.ts';
import { PASSWORD_LENGTH } from './vocabulary.ts';

/** Proves that it is really the person who is signed in. */
export const passwordProofSchema = z
  .strictObject({ password: z.string().max(PASSWORD_LENGTH.most) })
  .meta({ id: 'PasswordProof' });

/** Proves it by the password, or by a code. */
export const proofSchema = z
  .strictObject({ password: z.string().max(PASSWORD_LENGTH.most).optional(), code: codeSchema.optional() })
  .refine(
    ({ password, code }) => (password === undefined) !== (code === undefined),
    'takes a password or a code, one of them',
  )
  .meta({ id: 'Proof' });

/** Whether a second factor is on. */
export const secondFactorSchema = z
  .object({
    enabled: z.boolean(),
    recovery_codes: z.int().meta({ description: 'Recovery codes that are left' }),
  })
  .meta({ id: 'SecondFactor' });

/** Whether a second factor is on, as a type. */
export type SecondFactor = z.infer<typeof secondFactorSchema>;

/** A secret for an authenticator app; nothing asks for a code before one was confirmed. */
export const totpSecretSchema = z
  .object({
    secret: z.string().meta({ description: 'Base32, to be typed' }),
    uri: z.string().meta({ description: '`otpauth://...`, to be shown as a QR code' }),
  })
  .meta({ id: 'TotpSecret' });

/** A secret for an authenticator app, as a type. */
export type TotpSecret = z.infer<typeof totpSecretSchema>;

/** The first code of an authenticator app. */
export const codeProofSchema = z.strictObject({ code: codeSchema }).meta({ id: 'CodeProof' });

/** Codes that stand in for the second factor, each once; shown this once. */
export const recoveryCodesSchema = z
  .object({ recovery_codes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes' });

/** Recovery codes, as a type. */
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;
