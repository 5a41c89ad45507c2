import { useState } from 'react';
import { Field } from '../../components/field.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { NICE_DURATIONS, nearestStep, UNITS, type Unit, unitOf } from './durations.ts';

interface DurationFieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Seconds. */
  value: number;
  onChange(seconds: number): void;
  /** With a slider whose steps grow with the length. */
  slider?: boolean;
}

/** A length of time: a number and its unit, and a slider for the usual ones. */
export function DurationField({ label, hint, error, value, onChange, slider = false }: DurationFieldProps) {
  const t = useT();
  const language = useLanguage();
  return (
    <div className="duration-field">
      <Field label={label} hint={hint} error={error}>
        {(wiring) => <ExactDuration wiring={wiring} label={label} value={value} onChange={onChange} />}
      </Field>
      {slider && (
        <input
          type="range"
          className="duration-slider"
          aria-label={t(messages.slider, { label })}
          aria-valuetext={durationText(value, language, 'long')}
          min={0}
          max={NICE_DURATIONS.length - 1}
          value={nearestStep(value)}
          onChange={(event) => onChange(NICE_DURATIONS[Number(event.target.value)] ?? value)}
        />
      )}
    </div>
  );
}

interface ExactProps extends Pick<DurationFieldProps, 'label' | 'value' | 'onChange'> {
  wiring: { id: string };
}

function ExactDuration({ wiring, label, value, onChange }: ExactProps) {
  const t = useT();
  const [chosen, setChosen] = useState<Unit>(unitOf(value));
  // A length that the chosen unit does not measure is shown in one that does.
  const unit = value % UNITS[chosen] === 0 ? chosen : unitOf(value);
  return (
    <div className="duration-exact">
      <input
        {...wiring}
        className="control"
        type="number"
        inputMode="numeric"
        min={0}
        step={1}
        required
        value={value === 0 ? '' : value / UNITS[unit]}
        onChange={(event) => onChange(Math.round(event.target.valueAsNumber || 0) * UNITS[unit])}
      />
      <select
        className="control"
        aria-label={t(messages.unit, { label })}
        value={unit}
        onChange={(event) => {
          const next = unitNamed(event.target.value);
          setChosen(next);
          onChange(Math.max(1, Math.round(value / UNITS[unit])) * UNITS[next]);
        }}
      >
        {UNIT_NAMES.map((one) => (
          <option key={one} value={one}>
            {t(messages[one])}
          </option>
        ))}
      </select>
    </div>
  );
}

const UNIT_NAMES: readonly Unit[] = ['second', 'minute', 'hour', 'day'];

function unitNamed(name: string): Unit {
  return UNIT_NAMES.find((unit) => unit === name) ?? 'second';
}

const messages = defineMessages({
  slider: { en: '{label}: usual lengths', fr: '{label} : durées usuelles' },
  unit: { en: '{label}: unit', fr: '{label} : unité' },
  second: { en: 'seconds', fr: 'secondes' },
  minute: { en: 'minutes', fr: 'minutes' },
  hour: { en: 'hours', fr: 'heures' },
  day: { en: 'days', fr: 'jours' },
});
