import { canonicalTimeZone, TIME_ZONES } from '@vigie/schedule';
import { useId } from 'react';
import { TextField } from '../../components/field.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

interface ZoneFieldProps {
  value: string;
  onChange(zone: string): void;
  error?: string | undefined;
}

/** A time zone by its name: part of it finds it. */
export function ZoneField({ value, onChange, error }: ZoneFieldProps) {
  const t = useT();
  const list = useId();
  const known = canonicalTimeZone(value) !== null;
  return (
    <>
      <TextField
        label={t(messages.label)}
        hint={t(messages.hint)}
        error={error ?? (known ? undefined : t(messages.unknown))}
        list={list}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {TIME_ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

const messages = defineMessages({
  label: { en: 'Time zone', fr: 'Fuseau horaire' },
  hint: { en: 'Type part of a name, such as Paris', fr: 'Tapez une partie du nom, par exemple Paris' },
  unknown: { en: 'No time zone has this name', fr: 'Aucun fuseau horaire ne porte ce nom' },
});
