import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { OPERATORS, type ThresholdDraft } from './threshold-draft.ts';

interface ThresholdFieldsProps {
  /** Counted from 1. */
  number: number;
  threshold: ThresholdDraft;
  /** The id of the list of names that are offered. */
  metrics: string;
  errorOf(field: keyof ThresholdDraft): string | undefined;
  onChange(threshold: ThresholdDraft): void;
  onRemove(): void;
}

/** One threshold: what it watches, and its limits. */
export function ThresholdFields(props: ThresholdFieldsProps) {
  const { number, threshold, metrics, errorOf, onChange, onRemove } = props;
  const t = useT();
  const text = (field: Exclude<keyof ThresholdDraft, 'op'>) => ({
    value: threshold[field],
    error: errorOf(field),
    onChange: ({ target: { value } }: { target: { value: string } }) =>
      onChange({ ...threshold, [field]: value }),
  });
  return (
    <fieldset className="threshold">
      <legend>{t(messages.title, { number })}</legend>
      <div className="threshold-wide">
        <TextField
          label={t(messages.metric)}
          list={metrics}
          spellCheck={false}
          autoComplete="off"
          className="control mono"
          {...text('metric')}
        />
      </div>
      <div className="threshold-wide">
        <TextField
          label={t(messages.labels)}
          hint={t(messages.labelsHint)}
          spellCheck={false}
          className="control mono"
          {...text('labels')}
        />
      </div>
      <SelectField
        label={t(messages.op)}
        value={threshold.op}
        error={errorOf('op')}
        onChange={({ target: { value } }) =>
          onChange({ ...threshold, op: OPERATORS.find((one) => one === value) ?? '>' })
        }
      >
        {OPERATORS.map((op) => (
          <option key={op}>{op}</option>
        ))}
      </SelectField>
      <TextField type="number" step="any" label={t(messages.warning)} {...text('warning')} />
      <TextField type="number" step="any" label={t(messages.critical)} {...text('critical')} />
      <TextField type="number" min={1} max={1000} label={t(messages.runs)} {...text('for')} />
      <div className="threshold-wide">
        <Button look="quiet" icon="trash" onClick={onRemove} aria-label={t(messages.removeOne, { number })}>
          {t(messages.remove)}
        </Button>
      </div>
    </fieldset>
  );
}

const messages = defineMessages({
  title: { en: 'Threshold {number}', fr: 'Seuil {number}' },
  metric: { en: 'Measurement', fr: 'Mesure' },
  labels: { en: 'Only with these labels', fr: 'Seulement avec ces étiquettes' },
  labelsHint: { en: 'name=value, with commas between them', fr: 'nom=valeur, séparés par des virgules' },
  op: { en: 'Is', fr: 'Est' },
  warning: { en: 'Warning', fr: 'Avertissement' },
  critical: { en: 'Critical', fr: 'Critique' },
  runs: { en: 'For runs', fr: 'Passages' },
  remove: { en: 'Remove', fr: 'Retirer' },
  removeOne: { en: 'Remove threshold {number}', fr: 'Retirer le seuil {number}' },
});
