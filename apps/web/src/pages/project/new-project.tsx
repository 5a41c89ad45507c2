import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Project } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery, useIdentity } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card, Page } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Making a project; also the start page of who is in none. */
export function NewProjectPage() {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { projects } = useIdentity();
  const [name, setName] = useState('');
  const { busy, errorOf, problem, run } = useSubmit(['name']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const { id } = await call<Project>('POST', '/projects', { body: { name } });
      await client.refetchQueries({ queryKey: sessionQuery.queryKey });
      await navigate({ to: '/projects/$project', params: { project: id } });
    });
  };
  return (
    <Page title={t(messages.title)}>
      {projects.length === 0 && <p className="soft">{t(messages.none)}</p>}
      <Card>
        <form className="stack" onSubmit={submit}>
          <FormProblem text={problem} />
          <TextField
            label={t(messages.name)}
            hint={t(messages.hint)}
            required
            autoFocus
            maxLength={200}
            value={name}
            error={errorOf('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <div className="row">
            <Button type="submit" look="primary" busy={busy}>
              {t(messages.make)}
            </Button>
          </div>
        </form>
      </Card>
    </Page>
  );
}

const messages = defineMessages({
  title: { en: 'New project', fr: 'Nouveau projet' },
  none: {
    en: 'You are in no project. Make one, or ask somebody to invite you to theirs.',
    fr: 'Vous n’êtes dans aucun projet. Créez-en un, ou demandez une invitation.',
  },
  name: { en: 'Name', fr: 'Nom' },
  hint: {
    en: 'A project has its own checks, channels, members and keys: often a team or a product.',
    fr: 'Un projet a ses contrôles, canaux, membres et clés : souvent une équipe ou un produit.',
  },
  make: { en: 'Make the project', fr: 'Créer le projet' },
});
