import { z } from 'zod';
import { nameSchema, textSchema, wellFormed } from './common.ts';
import { emailSchema } from './member.ts';
import { projectSchema } from './project.ts';
import { PASSWORD_LENGTH } from './vocabulary.ts';

/** A password that somebody chooses. */
export const newPasswordSchema = z
  .string()
  .min(PASSWORD_LENGTH.least)
  .max(PASSWORD_LENGTH.most)
  .check(wellFormed);

/** The colours in which somebody sees the pages; `system` is as the device has them. */
export const themeSchema = z.enum(['light', 'dark', 'system']);

/** A person. */
export const userSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    admin: z.boolean().meta({ description: 'Instance admin' }),
    language: z.enum(['en', 'fr']),
    time_zone: z.string(),
    theme: themeSchema,
  })
  .meta({ id: 'User' });

/** A person, as a type. */
export type User = z.infer<typeof userSchema>;

/** Who the caller is, and the projects it sees. */
export const identitySchema = z
  .object({
    kind: z.enum(['session', 'key', 'admin-token', 'anonymous']),
    user: userSchema.nullable(),
    projects: z.array(projectSchema),
  })
  .meta({ id: 'Identity' });

/** Who the caller is, as a type. */
export type IdentityBody = z.infer<typeof identitySchema>;

/** A code of the second factor: of the authenticator app, or a recovery code. */
export const codeSchema = z
  .string()
  .max(100)
  .meta({ description: 'Of the second factor: six digits of the app, or a recovery code' });

/** Signing in. Without a code, an account with a second factor answers `second_factor`. */
export const signInSchema = z
  .strictObject({
    email: emailSchema,
    password: z.string().max(PASSWORD_LENGTH.most),
    code: codeSchema.optional(),
  })
  .meta({ id: 'SignIn' });

/** Making the first account with the one-time token that the server printed. */
export const setUpSchema = z
  .strictObject({
    token: z.string().max(200),
    email: emailSchema,
    password: newPasswordSchema,
    name: textSchema(200).optional(),
  })
  .meta({ id: 'SetUp' });

/** What the set-up made. The first start printed the API keys of the project. */
export const setUpDoneSchema = z
  .object({
    user: userSchema,
    project: projectSchema,
    ping_url: z.string().meta({ description: 'A first ping: makes its check' }),
  })
  .meta({ id: 'SetUpDone' });

/** What the set-up made, as a type. */
export type SetUpDone = z.infer<typeof setUpDoneSchema>;

/** What the sign-in page needs to know before anybody is signed in. */
export const entrySchema = z
  .object({
    set_up_needed: z.boolean().meta({ description: 'No instance admin exists yet' }),
    registration_open: z.boolean(),
    mail: z.boolean().meta({ description: 'Whether the server can send mail, as to reset a password' }),
    site_name: z.string(),
  })
  .meta({ id: 'Entry' });

/** What the sign-in page needs to know, as a type. */
export type Entry = z.infer<typeof entrySchema>;

/** The token of a link. */
export const linkParameters = z.strictObject({ token: z.string().max(200) });

/** A stranger's own account, where registration is open. */
export const registerSchema = z
  .strictObject({ email: emailSchema, password: newPasswordSchema, name: textSchema(200).optional() })
  .meta({ id: 'Register' });

/** What people may change of themselves. */
export const userPatchSchema = z
  .strictObject({
    name: nameSchema(200).optional(),
    language: z.enum(['en', 'fr']).optional(),
    time_zone: z.string().max(100).optional(),
    theme: themeSchema.optional(),
  })
  .meta({ id: 'UserPatch' });

/** What people may change of themselves, as a type. */
export type UserPatch = z.infer<typeof userPatchSchema>;

/** A new password; every other session of the person ends. */
export const passwordChangeSchema = z
  .strictObject({ current: z.string().max(PASSWORD_LENGTH.most), password: newPasswordSchema })
  .meta({ id: 'PasswordChange' });
