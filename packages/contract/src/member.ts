import { z } from 'zod';
import { hasControls, instantSchema, textSchema, wellFormed } from './common.ts';
import { roleSchema } from './project.ts';

/**
 * An e-mail address, in lower case. Without what RFC 5322 section 3.2.3 takes only in quotes: with it a mail program
 * reads another address, or several.
 */
export const emailSchema = z
  .string()
  .max(320)
  .transform((text) => text.trim().toLowerCase())
  .pipe(
    z
      .string()
      .regex(/^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),;\\]{1,255}$/, 'is not an e-mail address')
      .refine((email) => !hasControls(email), 'contains a control character')
      .check(wellFormed),
  );

/** Somebody with a role in a project. */
export const memberSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    created_at: instantSchema,
  })
  .meta({ id: 'Member' });

/** Somebody with a role in a project, as a type. */
export type Member = z.infer<typeof memberSchema>;

/** Whom to invite, as what. */
export const invitationCreateSchema = z
  .strictObject({ email: emailSchema, role: roleSchema })
  .meta({ id: 'InvitationCreate' });

/** Whom to invite, as a type. */
export type InvitationCreate = z.infer<typeof invitationCreateSchema>;

/** An invitation that waits to be accepted. */
export const invitationSchema = z
  .object({ id: z.string(), email: z.string(), role: roleSchema, expires_at: instantSchema })
  .meta({ id: 'Invitation' });

/** An invitation, as a type. */
export type Invitation = z.infer<typeof invitationSchema>;

/** An invitation with its link: hand it to the person where it does not go out by mail. */
export const invitationCreatedSchema = invitationSchema
  .extend({
    url: z.string().meta({ description: 'The link that accepts it' }),
    mailed: z.boolean().meta({ description: 'Whether it goes out by mail too' }),
  })
  .meta({ id: 'InvitationCreated' });

/** An invitation with its link, as a type. */
export type InvitationCreated = z.infer<typeof invitationCreatedSchema>;

/** What an invitation's link opens. */
export const invitedSchema = z
  .object({
    project: z.string().meta({ description: 'Its name' }),
    email: z.string(),
    role: roleSchema,
    account_exists: z.boolean().meta({ description: 'Whether the password is proven, or chosen' }),
  })
  .meta({ id: 'Invited' });

/** What an invitation's link opens, as a type. */
export type InvitedBody = z.infer<typeof invitedSchema>;

/** Accepts an invitation: a new account chooses its password here, an existing one proves it. */
export const invitationAcceptSchema = z
  .strictObject({
    token: z.string().max(200),
    password: z.string().max(1000),
    name: textSchema(200).optional(),
    code: z.string().max(100).optional().meta({ description: 'Of an existing account’s second factor' }),
  })
  .meta({ id: 'InvitationAccept' });

/** A member's new role. */
export const memberPatchSchema = z.strictObject({ role: roleSchema }).meta({ id: 'MemberPatch' });
