import { useQueries, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { CheckPage } from '@vigie/contract';
import { useDeferredValue, useState } from 'react';
import { checkQuery } from '../../api/check-queries.ts';
import { call } from '../../api/client.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { nameOf } from '../../components/check-actions.ts';
import { TextField } from '../../components/field.tsx';
import { StatusMark } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';

/** Checks that one may depend on, and those that a search shows. */
const MOST = 20;
const FOUND = 6;

interface DependencyFieldProps {
  ids: readonly string[];
  error: string | undefined;
  onChange(ids: string[]): void;
}

/** Checks whose outage explains this one's: found by name, added, taken away. */
export function DependencyField({ ids, error, onChange }: DependencyFieldProps) {
  const t = useT();
  const project = useProject();
  const { check, service } = useParams({ strict: false });
  const self = check ?? service;
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const chosen = useQueries({ queries: ids.map((id) => checkQuery(id)) });
  const { data } = useQuery({
    queryKey: ['checks', project.id, 'dependencies', search],
    queryFn: ({ signal }) =>
      call<CheckPage>('GET', '/checks', {
        query: { project: project.id, q: search, limit: FOUND + ids.length + 1 },
        signal,
      }),
    enabled: search !== '',
  });
  const found = (search === '' ? [] : (data?.items ?? []))
    .filter(({ id }) => id !== self && !ids.includes(id))
    .slice(0, FOUND);
  return (
    <div className="stack-tight">
      <TextField
        type="search"
        label={t(messages.label)}
        hint={t(messages.hint)}
        error={error}
        value={text}
        disabled={ids.length >= MOST}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          const [first] = found;
          if (first === undefined) return;
          onChange([...ids, first.id]);
          setText('');
        }}
      />
      {found.length > 0 && (
        <ul className="dependencies" aria-label={t(messages.found)}>
          {found.map((check) => (
            <li key={check.id}>
              <Button
                look="quiet"
                icon="plus"
                onClick={() => {
                  onChange([...ids, check.id]);
                  setText('');
                }}
              >
                {nameOf(check)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {ids.length > 0 && (
        <ul className="dependencies" aria-label={t(messages.chosen)}>
          {chosen.map(({ data: check }, index) => {
            const id = ids[index] ?? '';
            const name = check === undefined ? id : nameOf(check);
            return (
              <li key={id} className="row">
                {check !== undefined && <StatusMark status={check.status} />}
                <span className="wrap-anywhere">{name}</span>
                <IconButton
                  icon="close"
                  label={t(messages.remove, { name })}
                  onClick={() => onChange(ids.filter((other) => other !== id))}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

const messages = defineMessages({
  label: { en: 'Depends on', fr: 'Dépend de' },
  hint: {
    en: 'While one of these is down, messages about this check wait. Type part of a name',
    fr: 'Tant que l’un d’eux est en panne, les messages sur ce contrôle attendent. Tapez une partie du nom',
  },
  found: { en: 'Found', fr: 'Trouvés' },
  chosen: { en: 'Chosen', fr: 'Choisis' },
  remove: { en: 'Take away {name}', fr: 'Retirer {name}' },
});
