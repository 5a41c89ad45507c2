import './people.css';
import { getRouteApi } from '@tanstack/react-router';
import type { ManagedUser } from '@vigie/contract';
import { isEmptyList, ListEnd, useList } from '../../api/list.tsx';
import { useUser } from '../../api/session.ts';
import { TextField } from '../../components/field.tsx';
import { OnlyFor } from '../../components/only-for.tsx';
import { Card, Empty, Page } from '../../components/page.tsx';
import { useRestedText } from '../../components/rested-text.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { COLUMN_WORDS } from './column-words.ts';
import { PersonRow } from './person-row.tsx';
import { readSearch } from './search.ts';

const route = getRouteApi('/shell/admin/people');

/** Who has an account on the server, for the instance admin. */
export function PeoplePage() {
  const t = useT();
  const user = useUser();
  return (
    <Page title={t(messages.title)}>
      <OnlyFor allowed={user?.admin === true}>
        <People />
      </OnlyFor>
    </Page>
  );
}

function People() {
  const t = useT();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useList<ManagedUser>(['users'], '/users', { q });
  const [typed, type] = useRestedText(
    q ?? '',
    (text) => void navigate({ search: readSearch({ q: text }), replace: true }),
  );
  return (
    <>
      <p className="soft">{t(messages.what)}</p>
      <search className="people-search">
        <TextField
          type="search"
          label={t(messages.search)}
          placeholder="alice@example.org"
          maxLength={200}
          value={typed}
          onChange={(event) => type(event.target.value)}
        />
      </search>
      <Card flush>
        {list.items.length > 0 && (
          <div className="table-scroll">
            <table className="table table-stack people-table">
              <thead>
                <tr>
                  <th scope="col">{t(COLUMN_WORDS.person)}</th>
                  <th scope="col">{t(COLUMN_WORDS.projects)}</th>
                  <th scope="col">{t(COLUMN_WORDS.seen)}</th>
                  <th scope="col">{t(COLUMN_WORDS.secondFactor)}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {list.items.map((person) => (
                  <PersonRow key={person.id} person={person} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        {isEmptyList(list) && <Empty icon="search" title={t(messages.none)} />}
      </Card>
      <ListEnd list={list} />
    </>
  );
}

const messages = defineMessages({
  title: { en: 'People', fr: 'Personnes' },
  what: {
    en: 'Everybody with an account on this server. People come by an invitation to a project.',
    fr: 'Toutes les personnes qui ont un compte sur ce serveur. On y vient par une invitation dans un projet.',
  },
  search: { en: 'Name or e-mail address', fr: 'Nom ou adresse électronique' },
  none: { en: 'Nobody is called so', fr: 'Personne ne porte ce nom' },
});
