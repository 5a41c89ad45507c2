import type { Policies } from '@vigie/contract';
import type { ReactNode } from 'react';
import { CheckField, SelectField, TextField } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { DurationField } from './duration-field.tsx';
import type { FormPart } from './form-part.ts';

/** What a policy begins with when it is switched on. Seconds. */
const BEGINNINGS = {
  after: { bad: 2, of: 3 },
  flapping: { flips: 3, within: 3_600 },
  longest_run: 3_600,
  shortest_run: 5,
  least_interval: 60,
  no_overlap: true,
} as const satisfies Policies;

type Switched = keyof typeof BEGINNINGS;

const LENGTHS = ['longest_run', 'shortest_run', 'least_interval'] as const;
const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;

/** What becomes of outages and odd runs: they decide about alerts, never about the status. */
export function PolicyPart({ draft, change, errorOf }: FormPart) {
  const t = useT();
  const { policies } = draft;
  const set = (patch: Policies): void => change({ policies: { ...policies, ...patch } });
  const without = (name: keyof Policies): void => {
    const { [name]: _, ...rest } = policies;
    change({ policies: rest });
  };
  const toggle = (name: Switched, children?: ReactNode): ReactNode => (
    <div className="policy">
      <CheckField
        label={t(messages[name])}
        checked={policies[name] !== undefined}
        onChange={(event) => (event.target.checked ? set({ [name]: BEGINNINGS[name] }) : without(name))}
      />
      {policies[name] !== undefined && children}
    </div>
  );
  const { after, flapping } = policies;
  return (
    <Card title={t(messages.title)}>
      <p className="field-hint">{t(messages.hint)}</p>
      {toggle(
        'after',
        after !== undefined && (
          <div className="policy-numbers">
            <NumberField
              label={t(messages.bad)}
              error={errorOf('policies.after')}
              value={after.bad}
              onChange={(bad) => set({ after: { ...after, bad } })}
            />
            <NumberField
              label={t(messages.of)}
              value={after.of}
              onChange={(of) => set({ after: { ...after, of } })}
            />
          </div>
        ),
      )}
      {toggle(
        'flapping',
        flapping !== undefined && (
          <div className="policy-numbers">
            <NumberField
              label={t(messages.flips)}
              error={errorOf('policies.flapping')}
              value={flapping.flips}
              onChange={(flips) => set({ flapping: { ...flapping, flips } })}
            />
            <DurationField
              label={t(messages.within)}
              value={flapping.within}
              onChange={(within) => set({ flapping: { ...flapping, within } })}
            />
          </div>
        ),
      )}
      {LENGTHS.map((name) => (
        <div key={name}>
          {toggle(
            name,
            <DurationField
              label={t(messages[`${name}_length`])}
              error={errorOf(`policies.${name}`)}
              value={policies[name] ?? 0}
              onChange={(seconds) => set({ [name]: seconds })}
            />,
          )}
        </div>
      ))}
      {toggle('no_overlap')}
      <SelectField
        label={t(messages.severity)}
        hint={t(messages.severityHint)}
        value={policies.severity ?? ''}
        onChange={({ target: { value } }) => {
          const severity = SEVERITIES.find((one) => one === value);
          if (severity === undefined) without('severity');
          else set({ severity });
        }}
      >
        <option value="">{t(messages.usual)}</option>
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {t(messages[severity])}
          </option>
        ))}
      </SelectField>
    </Card>
  );
}

interface NumberFieldProps {
  label: string;
  error?: string | undefined;
  value: number;
  onChange(value: number): void;
}

function NumberField({ label, error, value, onChange }: NumberFieldProps) {
  return (
    <TextField
      type="number"
      inputMode="numeric"
      min={1}
      required
      label={label}
      error={error}
      value={value === 0 ? '' : value}
      onChange={(event) => onChange(Math.round(event.target.valueAsNumber || 0))}
    />
  );
}

const messages = defineMessages({
  title: { en: 'When is it an alert?', fr: 'Quand est-ce une alerte ?' },
  hint: {
    en: 'Without any of these, each outage is an alert, at once.',
    fr: 'Sans aucune de ces règles, chaque panne est une alerte, aussitôt.',
  },
  after: { en: 'Not at the first bad outcome', fr: 'Pas au premier mauvais résultat' },
  bad: { en: 'Bad outcomes', fr: 'Mauvais résultats' },
  of: { en: 'Of the last', fr: 'Parmi les derniers' },
  flapping: {
    en: 'One message while it goes down again and again',
    fr: 'Un seul message s’il ne cesse de tomber',
  },
  flips: { en: 'Times down', fr: 'Nombre de pannes' },
  within: { en: 'Within', fr: 'En' },
  longest_run: { en: 'A run that takes too long', fr: 'Une exécution trop longue' },
  longest_run_length: { en: 'Longer than', fr: 'Plus de' },
  shortest_run: { en: 'A run that is over too soon', fr: 'Une exécution trop courte' },
  shortest_run_length: { en: 'Shorter than', fr: 'Moins de' },
  least_interval: { en: 'Runs too near to each other', fr: 'Des exécutions trop rapprochées' },
  least_interval_length: { en: 'Two successes within', fr: 'Deux succès en' },
  no_overlap: { en: 'A run that begins during another', fr: 'Une exécution qui commence pendant une autre' },
  severity: { en: 'Severity of its alerts', fr: 'Gravité de ses alertes' },
  severityHint: {
    en: 'Otherwise its tags decide; alerts about runs are warnings',
    fr: 'Sinon ses étiquettes décident ; les alertes sur les exécutions sont des avertissements',
  },
  usual: { en: 'As its tags say', fr: 'Selon ses étiquettes' },
  critical: { en: 'Critical', fr: 'Critique' },
  error: { en: 'Error', fr: 'Erreur' },
  warning: { en: 'Warning', fr: 'Avertissement' },
  info: { en: 'Information', fr: 'Information' },
});
