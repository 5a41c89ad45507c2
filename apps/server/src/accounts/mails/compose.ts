/** What the mails about accounts say when they go: whom they are for may have changed since they were queued. */
import type { Context } from '../../context.ts';
import { html } from '../../html.ts';
import type { OutgoingMail } from '../../notify/mail/mailer.ts';
import type { MailRow, UserRow } from '../../store/schema.ts';
import { INVITATION_MAIL, type Invited, invitationToken } from '../invitations.ts';
import { linkToken } from '../link-token.ts';
import { readToken } from '../one-time-token.ts';
import { RESET_MAIL } from '../password-reset.ts';
import { hashToken } from '../secret-token.ts';
import { userByEmail } from '../users.ts';
import { type MailWords, mailTextsIn } from './texts.ts';

type MailContext = Pick<Context, 'config' | 'clock' | 'store' | 'writer' | 'secretKey'>;
type Composed = Omit<OutgoingMail, 'key' | 'signal'>;

/** The mail of a row; null when nobody is to get it any more. */
export async function composeAccountMail(context: MailContext, mail: MailRow): Promise<Composed | null> {
  if (mail.kind === RESET_MAIL) return resetMail(context, mail);
  if (mail.kind === INVITATION_MAIL) return invitationMail(context, mail);
  throw new Error(`BUG: no account mail is of the kind "${mail.kind}"`);
}

/** Only here it shows whether the address has an account: whoever asked got the same answer in any case. */
async function resetMail(context: MailContext, { recipient, code }: MailRow): Promise<Composed | null> {
  const { store, writer, secretKey, config } = context;
  const user = await userByEmail(store.db, recipient);
  if (user === undefined) return null;
  const token = linkToken(secretKey, RESET_MAIL, code);
  await writer.run('password.keepReset', { hash: hashToken(token), userId: user.id, actor: 'system' });
  const { baseUrl, siteName } = config();
  const words = mailTextsIn(user.language).reset(siteName, user.email);
  return written(recipient, user.language, words, `${baseUrl}/reset?token=${token}`);
}

async function invitationMail(context: MailContext, mail: MailRow): Promise<Composed | null> {
  const { store, clock, secretKey, config } = context;
  const { db } = store;
  const invited = (await readToken<Invited>(db, 'invitation', mail.subject_id, clock.now()))?.value;
  if (invited?.seed === undefined) return null;
  const project = await db
    .selectFrom('projects')
    .select('name')
    .where('id', '=', invited.projectId)
    .executeTakeFirst();
  if (project === undefined) return null;
  const inviter = await inviterOf(context, invited);
  const { baseUrl, siteName } = config();
  const language = inviter?.language ?? 'en';
  const by = inviter?.name || inviter?.email || siteName;
  const words = mailTextsIn(language).invitation(siteName, {
    by,
    project: project.name,
    role: invited.role,
  });
  const token = invitationToken(secretKey, invited.seed);
  return written(mail.recipient, language, words, `${baseUrl}/invitation?token=${token}`);
}

async function inviterOf({ store }: MailContext, { by }: Invited): Promise<UserRow | undefined> {
  if (by === null) return undefined;
  return store.db.selectFrom('users').selectAll().where('id', '=', by).executeTakeFirst();
}

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:15px;line-height:1.5';

/** Both forms of a mail: no pictures, nothing fetched; it reads on dark and on light. */
function written(to: string, language: string, words: MailWords, url: string): Composed {
  const { action, note } = words;
  // Names of people and projects may hold line breaks.
  const [subject, text] = [oneLine(words.subject), oneLine(words.text)];
  const page = html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${subject}</title></head>
<body style="margin:0;padding:24px;${FONT}">
<div style="max-width:640px;margin:0 auto">
<p>${text}</p>
<p style="margin:24px 0"><a href="${url}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#0b57d0;color:#ffffff;text-decoration:none">${action}</a></p>
<p style="overflow-wrap:anywhere;font-size:13px">${url}</p>
<p style="font-size:13px">${note}</p>
</div>
</body>
</html>
`;
  return { to, subject, text: `${text}\n\n${action}:\n${url}\n\n${note}\n`, html: page.text };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
