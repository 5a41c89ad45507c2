import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { SelectField, TextField } from '../../components/field.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { SEVERITY_WORDS } from './alert-words.ts';
import { type AlertsSearch, GROUPINGS, readSearch } from './search.ts';

const route = getRouteApi('/shell/projects/$project/alerts');
/** Milliseconds of rest in typing after which the list is asked for. */
const REST = 250;

/** Which alerts are shown; it stands in the page's address. */
export function AlertFilters({
  search,
  environments,
}: {
  search: AlertsSearch;
  environments: readonly string[];
}) {
  const t = useT();
  const navigate = route.useNavigate();
  const set = (changes: Record<string, string>): void => {
    void navigate({ search: (before) => readSearch({ ...before, ...changes }), replace: true });
  };
  return (
    <search className="alert-filters">
      <SelectField
        label={t(messages.show)}
        value={search.only ?? search.state ?? ''}
        onChange={({ target: { value } }) =>
          set(/^(?:resolved|all)$/.test(value) ? { state: value, only: '' } : { state: '', only: value })
        }
      >
        <option value="">{t(messages.firing)}</option>
        <option value="unacked">{t(messages.unacked)}</option>
        <option value="acked">{t(messages.acked)}</option>
        <option value="held">{t(messages.held)}</option>
        <option value="resolved">{t(messages.resolved)}</option>
        <option value="all">{t(messages.all)}</option>
      </SelectField>
      <SelectField
        label={t(messages.severity)}
        value={search.severity ?? ''}
        onChange={({ target }) => set({ severity: target.value })}
      >
        <option value="">{t(messages.any)}</option>
        {Object.entries(SEVERITY_WORDS).map(([severity, words]) => (
          <option key={severity} value={severity}>
            {t(words)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t(messages.environment)}
        value={search.environment ?? ''}
        onChange={({ target }) => set({ environment: target.value })}
      >
        <option value="">{t(messages.any)}</option>
        {environments.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
      <SelectField
        label={t(messages.group)}
        value={search.group ?? 'severity'}
        onChange={({ target }) => set({ group: target.value })}
      >
        {GROUPINGS.map((one) => (
          <option key={one} value={one}>
            {t(messages[`by_${one}`])}
          </option>
        ))}
      </SelectField>
      <MatcherField given={search.filter ?? ''} onRest={(filter) => set({ filter })} />
    </search>
  );
}

function MatcherField({ given, onRest }: { given: string; onRest(filter: string): void }) {
  const t = useT();
  const [text, setText] = useState(given);
  const sent = useRef(given);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onRest(text);
    }, REST);
    return () => clearTimeout(timer);
  }, [text]);
  // The address changed by other means than typing, such as the way back.
  useEffect(() => {
    if (given === sent.current) return;
    sent.current = given;
    setText(given);
  }, [given]);
  return (
    <TextField
      label={t(messages.matcher)}
      placeholder={'team="db"'}
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

const messages = defineMessages({
  show: { en: 'Show', fr: 'Montrer' },
  firing: { en: 'what fires', fr: 'les actives' },
  unacked: { en: 'what nobody is at', fr: 'non prises en charge' },
  acked: { en: 'what somebody is at', fr: 'prises en charge' },
  held: { en: 'what is held back', fr: 'retenues' },
  resolved: { en: 'what is over', fr: 'terminées' },
  all: { en: 'all', fr: 'toutes' },
  severity: { en: 'Severity', fr: 'Gravité' },
  environment: { en: 'Environment', fr: 'Environnement' },
  any: { en: 'any', fr: 'toutes' },
  group: { en: 'Group by', fr: 'Grouper par' },
  by_severity: { en: 'severity', fr: 'gravité' },
  by_name: { en: 'name', fr: 'nom' },
  by_environment: { en: 'environment', fr: 'environnement' },
  by_check: { en: 'check', fr: 'contrôle' },
  by_none: { en: 'nothing', fr: 'rien' },
  matcher: { en: 'Label', fr: 'Étiquette' },
});
