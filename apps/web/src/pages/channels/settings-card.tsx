import { useQueryClient } from '@tanstack/react-query';
import type { Channel, ChannelKind } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card } from '../../components/page.tsx';
import type { SettingsSchema } from '../../components/schema-form/schema.ts';
import { SchemaForm } from '../../components/schema-form/schema-form.tsx';
import { givenSettings, shownValues } from '../../components/schema-form/values.ts';
import { useSubmit } from '../../components/submit.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** What a channel is called and how it sends. */
export function SettingsCard({ channel, kind }: { channel: Channel; kind: ChannelKind }) {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const schema = kind.settings_schema as SettingsSchema;
  const [name, setName] = useState(channel.name);
  const [budget, setBudget] = useState(channel.budget === null ? '' : String(channel.budget));
  const [values, setValues] = useState(() => shownValues(schema, channel.settings));
  const names = Object.keys(schema.properties ?? {}).map((one) => `settings.${one}`);
  const { busy, errorOf, problem, run } = useSubmit(['name', 'budget', ...names]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const settings = givenSettings(schema, values, false);
      const body = { name, settings, budget: budget === '' ? null : Number(budget) };
      const changed = await call<Channel>('PATCH', `/channels/${channel.id}`, { body });
      client.setQueryData(['channel', channel.id], changed);
      setValues(shownValues(schema, changed.settings));
      toasts.say(t(messages.saved));
    });
  };
  return (
    <Card title={t(messages.title)}>
      <form className="stack channel-form" onSubmit={submit}>
        <FormProblem text={problem} />
        <TextField
          label={t(messages.name)}
          required
          maxLength={100}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <SchemaForm
          schema={schema}
          values={values}
          onChange={setValues}
          secrets={channel.secrets}
          errorOf={(setting) => errorOf(`settings.${setting}`)}
        />
        <TextField
          type="number"
          min={1}
          max={10_000}
          label={t(messages.budget)}
          hint={t(messages.budgetHint)}
          value={budget}
          error={errorOf('budget')}
          onChange={(event) => setBudget(event.target.value)}
        />
        <div className="row">
          <Button type="submit" look="primary" busy={busy}>
            {t(messages.save)}
          </Button>
        </div>
      </form>
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Settings', fr: 'Réglages' },
  name: { en: 'Name', fr: 'Nom' },
  budget: { en: 'Messages an hour, at most', fr: 'Messages par heure, au plus' },
  budgetHint: {
    en: 'Those beyond it come together in one at the end of the hour, but for critical ones. Empty: no bound.',
    fr: 'Au-delà, ils sont regroupés en un seul à la fin de l’heure, sauf les critiques. Vide : sans limite.',
  },
  save: { en: 'Save', fr: 'Enregistrer' },
  saved: { en: 'Saved', fr: 'Enregistré' },
});
