import './channels.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Channel, ChannelKind } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { summaryQuery } from '../../api/summary.ts';
import { Button } from '../../components/button.tsx';
import { CheckField, TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { KindMark } from '../../components/kind-mark.tsx';
import { useKindName } from '../../components/kind-name.ts';
import { NoMail } from '../../components/no-mail.tsx';
import { OnlyFor } from '../../components/only-for.tsx';
import { Card, Page, Problem, Skeleton } from '../../components/page.tsx';
import type { SettingsSchema } from '../../components/schema-form/schema.ts';
import { SchemaForm } from '../../components/schema-form/schema-form.tsx';
import { givenSettings, shownValues } from '../../components/schema-form/values.ts';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay } from '../../shell/project.ts';
import { kindsQuery } from './channel-queries.ts';

const route = getRouteApi('/shell/projects/$project/channels/new/{-$kind}');

/** Adding a channel: its kind first, then what the kind wants to know. */
export function NewChannelPage() {
  const t = useT();
  const nameOf = useKindName();
  const { project, kind: wanted } = route.useParams();
  const { data, error, refetch } = useQuery(kindsQuery);
  const kind = data?.find((one) => one.kind === wanted);
  const mayWrite = useMay('member');
  const above = (
    <Link to="/projects/$project/channels" params={{ project }}>
      {t(messages.channels)}
    </Link>
  );
  return (
    <Page
      title={kind === undefined ? t(messages.title) : t(messages.of, { kind: nameOf(kind) })}
      above={above}
    >
      <OnlyFor allowed={mayWrite}>
        {error !== null && <Problem error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton />}
        {data !== undefined && kind === undefined && (
          <ul className="kind-grid">
            {data.map((one) => (
              <li key={one.kind}>
                <Link
                  to="/projects/$project/channels/new/{-$kind}"
                  params={{ project, kind: one.kind }}
                  className="kind-card"
                >
                  <KindMark kind={one.kind} />
                  {nameOf(one)}
                </Link>
              </li>
            ))}
          </ul>
        )}
        {kind !== undefined && <NewChannelForm key={kind.kind} kind={kind} project={project} />}
      </OnlyFor>
    </Page>
  );
}

function NewChannelForm({ kind, project }: { kind: ChannelKind; project: string }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const schema = kind.settings_schema as SettingsSchema;
  const [name, setName] = useState('');
  const [values, setValues] = useState(() => shownValues(schema));
  // As Healthchecks does: who adds a way to be told wants to be told.
  const [all, setAll] = useState(true);
  const { data: summary } = useQuery(summaryQuery(project));
  const names = Object.keys(schema.properties ?? {}).map((one) => `settings.${one}`);
  const { busy, errorOf, problem, run } = useSubmit(['name', ...names]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const body = { kind: kind.kind, name, settings: givenSettings(schema, values, true), assign_all: all };
      const channel = await call<Channel>('POST', '/channels', { query: { project }, body });
      await client.invalidateQueries({ queryKey: ['channels', project] });
      await navigate({
        to: '/projects/$project/channels/$channel',
        params: { project, channel: channel.id },
      });
    });
  };
  return (
    <Card>
      <form className="stack channel-form" onSubmit={submit}>
        <FormProblem text={problem} />
        {kind.kind === 'email' && <NoMail />}
        <TextField
          label={t(messages.name)}
          hint={t(messages.nameHint)}
          required
          autoFocus
          maxLength={100}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <SchemaForm
          schema={schema}
          values={values}
          onChange={setValues}
          errorOf={(setting) => errorOf(`settings.${setting}`)}
        />
        <CheckField
          label={t(messages.all, { count: summary?.checks.total ?? 0 })}
          hint={t(all ? messages.allOn : messages.allOff)}
          checked={all}
          onChange={(event) => setAll(event.target.checked)}
        />
        <div className="row">
          <Button type="submit" look="primary" busy={busy}>
            {t(messages.add)}
          </Button>
        </div>
      </form>
    </Card>
  );
}

const messages = defineMessages({
  channels: { en: 'Channels', fr: 'Canaux' },
  title: { en: 'Add a channel', fr: 'Ajouter un canal' },
  of: { en: 'New channel: {kind}', fr: 'Nouveau canal : {kind}' },
  name: { en: 'Name', fr: 'Nom' },
  nameHint: {
    en: 'Who or what it reaches, e.g. “On call”.',
    fr: 'Qui ou quoi il atteint, par exemple « Astreinte ».',
  },
  all: {
    en: '{count, plural, =0 {Use it for every check there is now} one {Use it for the one check there is now} other {Use it for all # checks there are now}}',
    fr: '{count, plural, =0 {L’utiliser pour tous les contrôles existants} one {L’utiliser pour le seul contrôle existant} other {L’utiliser pour les # contrôles existants}}',
  },
  allOn: {
    en: 'Their outages are told here from the moment it is added. Each check can leave it again.',
    fr: 'Leurs pannes y sont annoncées dès son ajout. Chaque contrôle peut ensuite s’en passer.',
  },
  allOff: {
    en: 'No check names it: choose it at each check that shall use it.',
    fr: 'Aucun contrôle ne le désigne : choisissez-le dans chaque contrôle qui doit l’utiliser.',
  },
  add: { en: 'Add it', fr: 'L’ajouter' },
});
