import type { Threshold } from '@vigie/contract';
import { useId } from 'react';
import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { seriesText } from '../service/limits.ts';
import type { FormPart } from './form-part.ts';
import { NEW_THRESHOLD, type ThresholdDraft, thresholdDraft } from './threshold-draft.ts';
import { ThresholdFields } from './threshold-fields.tsx';

/** Thresholds that a service can have. */
const MOST = 50;

interface ThresholdsPartProps extends FormPart {
  /** Names of what is known to be measured. */
  metrics: readonly string[];
}

/** From which values on a measurement is a warning, or a failure. */
export function ThresholdsPart({ kind, draft, change, errorOf, metrics }: ThresholdsPartProps) {
  const t = useT();
  const list = useId();
  const { thresholds } = draft;
  const wrong = errorOf('thresholds');
  const set = (next: readonly ThresholdDraft[] | null): void => change({ thresholds: next });
  return (
    <Card title={t(messages.title)}>
      <CheckField
        label={t(messages.own)}
        checked={thresholds !== null}
        onChange={({ target: { checked } }) => set(checked ? kind.thresholds.map(thresholdDraft) : null)}
      />
      {thresholds === null && <KindThresholds thresholds={kind.thresholds} />}
      {thresholds?.map((threshold, at) => (
        <ThresholdFields
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, and errors come by their numbers
          key={at}
          number={at + 1}
          threshold={threshold}
          metrics={list}
          errorOf={(field) => errorOf(`thresholds.${at}.${field}`)}
          onChange={(next) => set(thresholds.with(at, next))}
          onRemove={() => set(thresholds.toSpliced(at, 1))}
        />
      ))}
      <datalist id={list}>
        {metrics.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {wrong !== undefined && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
      {thresholds !== null && (
        <div className="row">
          <Button
            icon="plus"
            disabled={thresholds.length >= MOST}
            onClick={() => set([...thresholds, NEW_THRESHOLD])}
          >
            {t(messages.add)}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** Those of a kind, as sentences. */
function KindThresholds({ thresholds }: { thresholds: readonly Threshold[] }) {
  const t = useT();
  if (thresholds.length === 0) return <p className="soft">{t(messages.none)}</p>;
  return (
    <ul className="threshold-list">
      {thresholds.map(({ metric, labels = {}, op, warning, critical }) => {
        const series = seriesText({ name: metric, labels });
        return (
          <li key={`${series} ${op}`}>
            <code className="wrap-anywhere">{series}</code>{' '}
            <span className="soft">
              {warning !== undefined && t(messages.warning, { limit: `${op} ${warning}` })}
              {warning !== undefined && critical !== undefined && ', '}
              {critical !== undefined && t(messages.critical, { limit: `${op} ${critical}` })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const messages = defineMessages({
  title: { en: 'Which values are too much?', fr: 'Quelles valeurs sont de trop ?' },
  own: {
    en: 'Own thresholds in place of those of its kind',
    fr: 'Ses propres seuils à la place de ceux du type',
  },
  none: {
    en: 'This kind has no thresholds of its own: it is well or it fails.',
    fr: 'Ce type n’a pas de seuils : il va bien ou il échoue.',
  },
  add: { en: 'Add a threshold', fr: 'Ajouter un seuil' },
  warning: { en: 'warning {limit}', fr: 'avertissement {limit}' },
  critical: { en: 'critical {limit}', fr: 'critique {limit}' },
});
