import './account.css';
import { useQueryClient } from '@tanstack/react-query';
import type { IdentityBody, User } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery, useUser } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { CheckField, SelectField, TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card, Empty } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages, LANGUAGE_NAMES, LANGUAGES } from '../../i18n/messages.ts';
import { THEMES, theme } from '../../shell/theme.ts';
import { useChooseTheme } from '../../shell/use-theme.ts';
import { AccountPage } from './account-page.tsx';

/** Who one is, in which language, time zone and theme. */
export function ProfilePage() {
  const t = useT();
  const user = useUser();
  return (
    <AccountPage>
      {user === null ? (
        <Empty title={t(messages.nobody)} />
      ) : (
        <>
          <ProfileCard key={user.id} user={user} />
          <ThemeCard />
        </>
      )}
    </AccountPage>
  );
}

function ProfileCard({ user }: { user: User }) {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const [name, setName] = useState(user.name);
  const [language, setLanguage] = useState(user.language);
  const [zone, setZone] = useState(user.time_zone);
  const { busy, errorOf, problem, run } = useSubmit(['name', 'language', 'time_zone']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const body = { ...(name === '' ? {} : { name }), language, time_zone: zone };
      const changed = await call<User>('PATCH', '/me', { body });
      client.setQueryData(sessionQuery.queryKey, (before: IdentityBody | null | undefined) =>
        before === null || before === undefined ? before : { ...before, user: changed },
      );
      // What the server says is in the language that was chosen before.
      if (language !== user.language) void client.invalidateQueries();
      toasts.say(t(messages.saved));
    });
  };
  return (
    <Card title={t(messages.you)}>
      <form className="stack account-form" onSubmit={submit}>
        <FormProblem text={problem} />
        <TextField label={t(messages.email)} type="email" readOnly value={user.email} />
        <TextField
          label={t(messages.name)}
          autoComplete="name"
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label={t(messages.language)}
          hint={t(messages.languageHint)}
          value={language}
          error={errorOf('language')}
          onChange={(event) => setLanguage(LANGUAGES.find((one) => one === event.target.value) ?? language)}
        >
          {LANGUAGES.map((one) => (
            <option key={one} value={one}>
              {LANGUAGE_NAMES[one]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t(messages.zone)}
          hint={t(messages.zoneHint)}
          list="time-zones"
          value={zone}
          error={errorOf('time_zone')}
          onChange={(event) => setZone(event.target.value)}
        />
        <datalist id="time-zones">
          {Intl.supportedValuesOf('timeZone').map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <div className="row">
          <Button type="submit" look="primary" busy={busy}>
            {t(messages.save)}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function ThemeCard() {
  const t = useT();
  const chooseTheme = useChooseTheme();
  const own = useUser()?.theme;
  const [chosen, setChosen] = useState(() => own ?? theme());
  return (
    <Card title={t(messages.theme)}>
      <fieldset className="stack">
        <legend className="unseen">{t(messages.theme)}</legend>
        {THEMES.map((one) => (
          <CheckField
            key={one}
            type="radio"
            name="theme"
            label={t(messages[one])}
            checked={one === chosen}
            onChange={() => {
              chooseTheme(one);
              setChosen(one);
            }}
          />
        ))}
      </fieldset>
    </Card>
  );
}

const messages = defineMessages({
  nobody: { en: 'A key has no account', fr: 'Une clé n’a pas de compte' },
  you: { en: 'You', fr: 'Vous' },
  email: { en: 'E-mail address', fr: 'Adresse électronique' },
  name: { en: 'Name', fr: 'Nom' },
  language: { en: 'Language', fr: 'Langue' },
  languageHint: {
    en: 'Of these pages and of the mails to you.',
    fr: 'De ces pages et des courriels pour vous.',
  },
  zone: { en: 'Time zone', fr: 'Fuseau horaire' },
  zoneHint: {
    en: 'For the mails to you; pages show the time zone of your browser.',
    fr: 'Pour les courriels ; les pages suivent le fuseau de votre navigateur.',
  },
  save: { en: 'Save', fr: 'Enregistrer' },
  saved: { en: 'Saved', fr: 'Enregistré' },
  theme: { en: 'Theme', fr: 'Thème' },
  system: { en: 'As the system', fr: 'Comme le système' },
  light: { en: 'Light', fr: 'Clair' },
  dark: { en: 'Dark', fr: 'Sombre' },
});
