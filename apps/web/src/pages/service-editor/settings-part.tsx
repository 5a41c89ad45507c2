import { useState } from 'react';
import { Card } from '../../components/page.tsx';
import type { SettingsSchema } from '../../components/schema-form/schema.ts';
import { SchemaForm } from '../../components/schema-form/schema-form.tsx';
import { shownValues } from '../../components/schema-form/values.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { schemaOf } from './draft.ts';
import type { FormPart } from './form-part.ts';

/** Settings up to which a form is short enough to be shown whole. */
const SHORT = 4;

interface SettingsPartProps extends FormPart {
  /** Secrets that are set already. */
  secrets: readonly string[];
}

/** What a kind wants to know: what it needs first, what may stay as it is behind a line. */
export function SettingsPart({ kind, draft, change, errorOf, secrets }: SettingsPartProps) {
  const t = useT();
  const { needed, further } = partsOf(schemaOf(kind));
  const [usual] = useState(() => shownValues(schemaOf(kind)));
  const names = Object.keys(further.properties ?? {});
  const isTouched = names.some(
    (name) =>
      draft.settings[name] !== usual[name] ||
      secrets.includes(name) ||
      errorOf(`settings.${name}`) !== undefined,
  );
  const [isOpen, setOpen] = useState(isTouched);
  const shared = {
    values: draft.settings,
    onChange: (settings: typeof draft.settings) => change({ settings }),
    secrets,
    errorOf: (setting: string) => errorOf(`settings.${setting}`),
  };
  return (
    <Card title={t(messages.title)}>
      <SchemaForm schema={needed} {...shared} />
      {names.length > 0 && (
        <details
          className="whole-form"
          // What is wrong is never hidden.
          open={isOpen || names.some((name) => errorOf(`settings.${name}`) !== undefined)}
          onToggle={(event) => setOpen(event.currentTarget.open)}
        >
          <summary>{t(messages.further, { count: names.length })}</summary>
          <div className="stack">
            <SchemaForm schema={further} {...shared} />
          </div>
        </details>
      )}
    </Card>
  );
}

/** What has to be given, and what has a default; a short form stays whole. */
function partsOf(schema: SettingsSchema): { needed: SettingsSchema; further: SettingsSchema } {
  const { properties = {}, required = [] } = schema;
  const all = Object.entries(properties);
  if (all.length <= SHORT || required.length === 0) return { needed: schema, further: {} };
  const pick = (isNeeded: boolean): SettingsSchema => ({
    required,
    properties: Object.fromEntries(all.filter(([name]) => required.includes(name) === isNeeded)),
  });
  return { needed: pick(true), further: pick(false) };
}

const messages = defineMessages({
  title: { en: 'Where is it?', fr: 'Où est-il ?' },
  further: {
    en: '{count, plural, one {One more setting} other {# more settings}}',
    fr: '{count, plural, one {Un autre réglage} other {# autres réglages}}',
  },
});
