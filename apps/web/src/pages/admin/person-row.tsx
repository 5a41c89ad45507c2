import type { ManagedUser } from '@vigie/contract';
import { useUser } from '../../api/session.ts';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { COLUMN_WORDS } from './column-words.ts';
import { PersonMenu } from './person-menu.tsx';

/** One person of the server. */
export function PersonRow({ person }: { person: ManagedUser }) {
  const t = useT();
  const me = useUser();
  const isMe = person.id === me?.id;
  return (
    <tr>
      <td className="wrap-anywhere">
        <div className="person">
          <p>
            {person.name || person.email} {isMe && <span className="soft">{t(messages.you)}</span>}
          </p>
          {person.name !== '' && <p className="soft small">{person.email}</p>}
          {person.admin && <p className="chip person-admin">{t(messages.admin)}</p>}
        </div>
      </td>
      <td className="number" data-label={t(COLUMN_WORDS.projects)}>
        {person.projects}
      </td>
      <td data-label={t(COLUMN_WORDS.seen)}>
        {person.seen_at === null ? t(messages.never) : <Ago at={person.seen_at} />}
      </td>
      <td data-label={t(COLUMN_WORDS.secondFactor)}>
        {t(person.second_factor ? messages.on : messages.off)}
      </td>
      <td>
        <PersonMenu person={person} isMe={isMe} />
      </td>
    </tr>
  );
}

const messages = defineMessages({
  you: { en: '(you)', fr: '(vous)' },
  admin: { en: 'instance admin', fr: 'admin du serveur' },
  never: { en: 'not lately', fr: 'pas récemment' },
  on: { en: 'on', fr: 'actif' },
  off: { en: 'off', fr: 'inactif' },
});
