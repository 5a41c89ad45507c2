import '../silences/silences.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Window } from '@vigie/contract';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Page, Problem, Skeleton } from '../../components/page.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay } from '../../shell/project.ts';
import { WindowForm } from './window-form.tsx';

const newRoute = getRouteApi('/shell/projects/$project/maintenance/new');
const editRoute = getRouteApi('/shell/projects/$project/maintenance/$window');

/** Planning maintenance. */
export function NewWindowPage() {
  const t = useT();
  const { project } = newRoute.useParams();
  const { save } = useSaving(project);
  return (
    <Page title={t(messages.fresh)} above={<ListLink project={project} />}>
      <WindowForm
        action={t(messages.plan)}
        save={(body) => save(() => call('POST', '/windows', { query: { project }, body }))}
      />
    </Page>
  );
}

/** Changing what is planned. */
export function EditWindowPage() {
  const t = useT();
  const toasts = useToasts();
  const mayWrite = useMay('member');
  const { project, window: id } = editRoute.useParams();
  const { save } = useSaving(project);
  const [isAsking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['window', id],
    queryFn: ({ signal }) => call<Window>('GET', `/windows/${id}`, { signal }),
  });
  const above = <ListLink project={project} />;
  if (data === undefined) {
    return (
      <Page title={t(messages.window)} above={above}>
        {error === null ? <Skeleton /> : <Problem error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page
      title={data.name}
      above={above}
      actions={
        mayWrite && (
          <Button icon="trash" onClick={() => setAsking(true)}>
            {t(messages.remove)}
          </Button>
        )
      }
    >
      <WindowForm
        // What somebody is writing stays, whoever changes the window meanwhile.
        key={id}
        before={data}
        disabled={!mayWrite}
        action={t(messages.save)}
        save={(body) => save(() => call('PUT', `/windows/${id}`, { body }))}
      />
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t(messages.removeTitle, { name: data.name })}
        description={t(messages.consequence)}
        action={t(messages.remove)}
        onConfirm={() => {
          setAsking(false);
          save(() => call('DELETE', `/windows/${id}`)).catch(toasts.fail);
        }}
      />
    </Page>
  );
}

function ListLink({ project }: { project: string }) {
  const t = useT();
  return (
    <Link to="/projects/$project/maintenance" params={{ project }}>
      {t(messages.maintenance)}
    </Link>
  );
}

/** Does it, and goes back to the list. */
function useSaving(project: string): { save(action: () => Promise<unknown>): Promise<void> } {
  const client = useQueryClient();
  const navigate = useNavigate();
  return {
    async save(action) {
      await action();
      // Away first: what was deleted is not asked for again.
      await navigate({ to: '/projects/$project/maintenance', params: { project } });
      client.removeQueries({ queryKey: ['window'] });
      await client.invalidateQueries({ queryKey: ['windows', project] });
    },
  };
}

const messages = defineMessages({
  fresh: { en: 'Plan maintenance', fr: 'Planifier une maintenance' },
  window: { en: 'Maintenance window', fr: 'Fenêtre de maintenance' },
  maintenance: { en: 'Maintenance', fr: 'Maintenance' },
  plan: { en: 'Plan it', fr: 'La planifier' },
  save: { en: 'Save', fr: 'Enregistrer' },
  remove: { en: 'Delete', fr: 'Supprimer' },
  removeTitle: { en: 'Delete {name}?', fr: 'Supprimer {name} ?' },
  consequence: {
    en: 'What it holds back now is told at once.',
    fr: 'Ce qu’elle retient en ce moment est annoncé aussitôt.',
  },
});
