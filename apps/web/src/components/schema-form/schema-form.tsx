import './schema-form.css';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { CheckField, SelectField, TextArea, TextField } from '../field.tsx';
import { groupsOf } from './groups.ts';
import { controlOf, heldBy, labelOf, type PropertySchema, type SettingsSchema, wordOf } from './schema.ts';
import type { Shown } from './values.ts';

interface SchemaFormProps {
  schema: SettingsSchema;
  values: Shown;
  onChange(values: Shown): void;
  /** Secrets that are set already. */
  secrets?: readonly string[];
  errorOf(name: string): string | undefined;
}

/** The fields of some settings, made from their schema. */
export function SchemaForm({ schema, values, onChange, secrets = [], errorOf }: SchemaFormProps) {
  const t = useT();
  const fields = (names: readonly string[]) =>
    names.map((name) => (
      <SchemaField
        key={name}
        name={name}
        property={schema.properties?.[name] ?? {}}
        value={values[name] === undefined ? '' : values[name]}
        required={schema.required?.includes(name) === true}
        isSet={secrets.includes(name)}
        error={errorOf(name)}
        onChange={(value) => onChange({ ...values, [name]: value })}
      />
    ));
  return groupsOf(schema).map(({ event, names }) =>
    event === null ? (
      fields(names)
    ) : (
      <fieldset key={event} className="settings-group">
        <legend>{t(messages[event])}</legend>
        {fields(names)}
      </fieldset>
    ),
  );
}

interface SchemaFieldProps {
  name: string;
  property: PropertySchema;
  value: string | boolean | null;
  required: boolean;
  /** A secret that is set, and stays when nothing is given. */
  isSet: boolean;
  error: string | undefined;
  onChange(value: string | boolean | null): void;
}

/** A setting, and where it is a secret that may be missing, the way to take it away. */
function SchemaField(props: SchemaFieldProps) {
  const t = useT();
  const language = useLanguage();
  const { name, property, value, required, isSet, onChange } = props;
  if (!isSet || required) return <SettingField {...props} />;
  return (
    <div className="secret-setting">
      <SettingField {...props} />
      <CheckField
        label={t(messages.takeAway)}
        aria-label={t(messages.takeAwayOf, { name: labelOf(name, property, language) })}
        checked={value === null}
        onChange={(event) => onChange(event.target.checked ? null : '')}
      />
    </div>
  );
}

function SettingField({ name, property, value, required, isSet, error, onChange }: SchemaFieldProps) {
  const t = useT();
  const control = controlOf(property);
  const language = useLanguage();
  const { enum: values = [], choices = {}, maxLength, minimum, maximum } = heldBy(property);
  const description = wordOf(property, 'description', language);
  const shared = {
    label: labelOf(name, property, language),
    ...(description === undefined ? {} : { hint: description }),
    error,
  };
  const text = typeof value === 'string' ? value : '';
  const isGoing = value === null;
  const placeholder = isSet ? t(isGoing ? messages.goes : messages.set) : undefined;
  const needed = required && !isSet;
  const onText = (event: { target: { value: string } }): void => onChange(event.target.value);
  switch (control) {
    case 'switch':
      return (
        <CheckField
          {...shared}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case 'choice':
      return (
        <SelectField {...shared} value={text} onChange={onText}>
          {values.map((one) => (
            <option key={one} value={one}>
              {choices[one] ?? one}
            </option>
          ))}
        </SelectField>
      );
    case 'number':
      return (
        <TextField
          {...shared}
          type="number"
          min={minimum}
          max={maximum}
          required={needed}
          value={text}
          onChange={onText}
        />
      );
    case 'text':
    case 'lines':
    case 'pairs':
      return (
        <TextArea
          {...shared}
          rows={2}
          disabled={isGoing}
          required={needed}
          placeholder={control === 'pairs' ? (placeholder ?? t(messages.pair)) : placeholder}
          value={text}
          onChange={onText}
        />
      );
    default:
      return (
        <TextField
          {...shared}
          autoComplete="off"
          spellCheck={false}
          maxLength={maxLength}
          disabled={isGoing}
          required={needed}
          placeholder={placeholder}
          value={text}
          onChange={onText}
        />
      );
  }
}

const messages = defineMessages({
  pair: { en: 'Name: value', fr: 'Nom: valeur' },
  down: { en: 'Outages', fr: 'Pannes' },
  up: { en: 'Recoveries', fr: 'Retours à la normale' },
  notice: { en: 'Notices: a silence ends soon', fr: 'Avis : un silence va finir' },
  takeAway: { en: 'Remove what is set', fr: 'Retirer ce qui est défini' },
  takeAwayOf: { en: 'Remove what is set: {name}', fr: 'Retirer ce qui est défini : {name}' },
  goes: { en: 'removed when you save', fr: 'retiré à l’enregistrement' },
  set: { en: 'set; leave empty to keep it', fr: 'défini ; laisser vide pour le garder' },
});
