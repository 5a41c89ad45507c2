import { z } from 'zod';
import { codeSchema, newPasswordSchema } from './account.ts';
import { emailSchema } from './member.ts';

/** Whose password was forgotten. */
export const passwordForgottenSchema = z
  .strictObject({ email: emailSchema })
  .meta({ id: 'PasswordForgotten' });

/** A new password, by the token of a link. */
export const passwordResetSchema = z
  .strictObject({ token: z.string().max(200), password: newPasswordSchema, code: codeSchema.optional() })
  .meta({ id: 'PasswordReset' });

/** A link by which somebody chooses a new password. */
export const resetLinkSchema = z
  .object({ url: z.string().meta({ description: 'Works once, within an hour' }) })
  .meta({ id: 'ResetLink' });

/** A link by which somebody chooses a new password, as a type. */
export type ResetLink = z.infer<typeof resetLinkSchema>;
