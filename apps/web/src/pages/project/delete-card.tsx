import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Project } from '@vigie/contract';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Deleting a project, once its name was typed. */
export function DeleteCard({ project }: { project: Project }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { busy, problem, run } = useSubmit([]);
  const remove = async (): Promise<void> => {
    await call('DELETE', `/projects/${project.id}`);
    await client.refetchQueries({ queryKey: sessionQuery.queryKey });
    await navigate({ to: '/' });
  };
  return (
    <Card title={t(messages.title)}>
      <p className="soft">{t(messages.what)}</p>
      <div className="row">
        <Button look="danger" icon="trash" onClick={() => setOpen(true)}>
          {t(messages.title)}
        </Button>
      </div>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t(messages.title)} description={t(messages.what)}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed === project.name) void run(remove);
          }}
        >
          <FormProblem text={problem} />
          <TextField
            label={t(messages.type, { name: project.name })}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <div className="dialog-actions">
            <Button type="submit" look="danger" busy={busy} disabled={typed !== project.name}>
              {t(messages.title)}
            </Button>
          </div>
        </form>
      </Dialog>
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Delete the project', fr: 'Supprimer le projet' },
  what: {
    en: 'Its checks with their past, its channels, keys, silences and incidents go with it. This cannot be undone.',
    fr: 'Ses contrôles et leur passé, ses canaux, clés, silences et incidents disparaissent avec lui. C’est définitif.',
  },
  type: { en: 'Type “{name}” to confirm', fr: 'Saisissez « {name} » pour confirmer' },
});
