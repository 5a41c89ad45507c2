import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Service } from '@vigie/contract';
import { useMemo, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { limited, matchingMeasurements, seriesText } from './limits.ts';
import { MeasurementRow } from './measurement-row.tsx';

/** Rows that are shown at first; a search finds among all. */
const FIRST = 50;
/** Measurements from which on they are searched. */
const MANY = 8;

/** All that the last run measured, with the limits that watch it. */
export function MeasurementsCard({ service }: { service: Service }) {
  const t = useT();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const { measure = '' } = useSearch({ strict: false });
  const [isWhole, setWhole] = useState(false);
  const { last_run: run, thresholds } = service;
  const all = useMemo(() => limited(run?.measurements ?? [], thresholds), [run, thresholds]);
  const matching = useMemo(() => matchingMeasurements(all, measure), [all, measure]);
  const shown = isWhole ? matching : matching.slice(0, FIRST);
  const search = (text: string): void =>
    void navigate({
      to: '.',
      search: (before) => ({ ...before, measure: text === '' ? undefined : text }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Card
      title={t(messages.title, { count: all.length })}
      actions={
        all.length >= MANY && (
          <SearchField
            label={t(messages.search)}
            hint={t(messages.search)}
            text={measure}
            onSearch={search}
            field={field}
          />
        )
      }
    >
      {all.length === 0 && <p className="soft">{t(messages.none)}</p>}
      {all.length > 0 && matching.length === 0 && <p className="soft">{t(messages.nothing)}</p>}
      {shown.length > 0 && (
        <table className="table table-stack measurements">
          <thead>
            <tr>
              <th scope="col">{t(messages.name)}</th>
              <th scope="col">{t(messages.value)}</th>
              <th scope="col">{t(messages.limits)}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <MeasurementRow key={seriesText(one.measurement)} one={one} />
            ))}
          </tbody>
        </table>
      )}
      {shown.length < matching.length && (
        <div className="row">
          <Button onClick={() => setWhole(true)}>{t(messages.all, { count: matching.length })}</Button>
        </div>
      )}
    </Card>
  );
}

const messages = defineMessages({
  title: {
    en: '{count, plural, =0 {Measurements} other {Measurements (#)}}',
    fr: '{count, plural, =0 {Mesures} other {Mesures (#)}}',
  },
  search: { en: 'Search measurements', fr: 'Chercher des mesures' },
  none: { en: 'The last run measured nothing.', fr: 'Le dernier passage n’a rien mesuré.' },
  nothing: { en: 'No measurement is called so.', fr: 'Aucune mesure ne porte ce nom.' },
  name: { en: 'Measurement', fr: 'Mesure' },
  value: { en: 'Value', fr: 'Valeur' },
  limits: { en: 'Thresholds', fr: 'Seuils' },
  all: { en: 'Show all {count}', fr: 'Afficher les {count}' },
});
