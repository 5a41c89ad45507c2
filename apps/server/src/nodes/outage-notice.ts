/** The one message that says: nobody watched for a while, so nobody was called late. */
import type { Kysely } from 'kysely';
import type { OutgoingMail } from '../notify/mail/mailer.ts';
import { durationText, type Language, textsIn } from '../notify/texts/texts.ts';
import type { Database } from '../store/schema.ts';
import type { Outage } from './presence.ts';

const WORDS: Record<
  Language,
  { subject: string; text(from: string, to: string, length: string, moved: number): string }
> = {
  en: {
    subject: 'was not watching',
    text: (from, to, length, moved) =>
      `From ${from} to ${to} (${length}) no server was running. ${moved} ${moved === 1 ? 'check was' : 'checks were'} ` +
      'expected to report in that time; their deadlines now count from the restart. The history shows no data.',
  },
  fr: {
    subject: 'ne surveillait pas',
    text: (from, to, length, moved) =>
      `Du ${from} au ${to} (${length}), aucun serveur ne fonctionnait. ${moved} ${moved === 1 ? 'check devait' : 'checks devaient'} ` +
      'se manifester pendant ce temps ; les échéances repartent du redémarrage. ' +
      "L'historique indique l'absence de données.",
  },
};

/** The mails that tell the instance admins of an outage in their language; `id` makes their Message-Ids. */
export async function outageNotices(
  db: Kysely<Database>,
  siteName: string,
  id: string,
  outage: Outage,
): Promise<OutgoingMail[]> {
  const admins = await db
    .selectFrom('users')
    .select(['id', 'email', 'language'])
    .where('admin', '=', 1)
    .execute();
  return admins.map((admin) => {
    const language: Language = admin.language === 'fr' ? 'fr' : 'en';
    const words = WORDS[language];
    const length = durationText(textsIn(language), outage.to - outage.from);
    const text = words.text(instant(outage.from), instant(outage.to), length, outage.moved);
    return {
      to: admin.email,
      subject: `${siteName} ${words.subject}`,
      text,
      html: `<p>${text}</p>`,
      key: `outage-${id}-${admin.id}`,
    };
  });
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
