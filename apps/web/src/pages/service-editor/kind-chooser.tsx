import '../../components/kind-cards.css';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ProbeKind } from '@vigie/contract';
import { useRef } from 'react';
import { KindMark } from '../../components/kind-mark.tsx';
import { useKindName } from '../../components/kind-name.ts';
import { Empty } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { readSearch } from './search.ts';

/** The kinds of probe, found by a part of their names. */
export function KindChooser({ kinds }: { kinds: readonly ProbeKind[] }) {
  const t = useT();
  const nameOf = useKindName();
  const { id: project } = useProject();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const { q = '' } = readSearch({ ...useSearch({ strict: false }) });
  const wanted = q.toLowerCase().trim();
  const found = kinds
    .map((one) => ({ ...one, shown: nameOf(one) }))
    .filter(({ kind, name, shown }) => `${kind} ${name} ${shown}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.shown.localeCompare(b.shown));
  return (
    <>
      <search className="row">
        <SearchField
          label={t(messages.search)}
          hint={t(messages.hint)}
          text={q}
          onSearch={(text) => void navigate({ to: '.', search: readSearch({ q: text }), replace: true })}
          field={field}
        />
        <span className="found" role="status">
          {t(messages.found, { count: found.length })}
        </span>
      </search>
      {found.length === 0 && (
        <Empty icon="search" title={t(messages.nothing)}>
          <p>{t(messages.instead)}</p>
        </Empty>
      )}
      <ul className="kind-grid">
        {found.map(({ kind, shown }) => (
          <li key={kind}>
            <Link
              to="/projects/$project/services/new/{-$kind}"
              params={{ project, kind }}
              className="kind-card"
            >
              <KindMark kind={kind} />
              {shown}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

const messages = defineMessages({
  search: { en: 'Search kinds', fr: 'Chercher des types' },
  hint: { en: 'PostgreSQL, HTTP, queue…', fr: 'PostgreSQL, HTTP, file…' },
  found: {
    en: '{count, plural, one {# kind} other {# kinds}}',
    fr: '{count, plural, one {# type} other {# types}}',
  },
  nothing: { en: 'No kind is called so', fr: 'Aucun type ne porte ce nom' },
  instead: {
    en: 'What has no kind of its own may still answer over TCP or HTTP.',
    fr: 'Ce qui n’a pas de type à soi répond peut-être en TCP ou en HTTP.',
  },
});
