import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { useRef, useState } from 'react';
import { checkQuery } from '../../api/check-queries.ts';
import { ApiError, call } from '../../api/client.ts';
import { nameOf } from '../../components/check-actions.ts';
import { Page, Problem, Skeleton } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { LostPage } from '../../shell/lost.tsx';
import { useMay } from '../../shell/project.ts';
import { CheckForm } from './check-form.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { bodyOf, changedKeys, type Draft, draftOf, merged } from './draft.ts';
import { FORM_FIELDS } from './form-part.ts';
import { readersZone } from './readers-zone.ts';
import { UnsavedGuard } from './unsaved.tsx';

/** Changes a check; what somebody else changed meanwhile is shown before it is replaced. */
export function EditCheckPage() {
  const t = useT();
  const may = useMay('member');
  const { check: id = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(checkQuery(id));
  if (data !== undefined) {
    return (
      <Page
        title={t(messages.title, { name: nameOf(data) })}
        above={
          <Link to="/projects/$project/checks/$check" params={{ project: data.project, check: data.id }}>
            {nameOf(data)}
          </Link>
        }
      >
        {may ? <Editor key={data.id} check={data} /> : <p>{t(messages.readonly)}</p>}
      </Page>
    );
  }
  if (error instanceof ApiError && error.status === 404) return <LostPage />;
  return (
    <Page title={t(messages.edit)}>
      {error === null ? <Skeleton lines={8} /> : <Problem error={error} retry={() => void refetch()} />}
    </Page>
  );
}

/** What the changes are made to: it stays while others change the check. */
interface Base {
  revision: number;
  draft: Draft;
}

/** What somebody else saved while this was written. */
interface Conflict {
  base: Draft;
  theirs: Draft;
  mine: Draft;
}

function Editor({ check }: { check: Check }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const submit = useSubmit(FORM_FIELDS);
  const [base, setBase] = useState<Base>(() => baseOf(check));
  const [draft, setDraft] = useState(base.draft);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const isDirty = useRef(false);
  isDirty.current = changedKeys(base.draft, draft).length > 0;

  const takeTheirs = async (): Promise<boolean> => {
    const current = await call<Check>('GET', `/checks/${check.id}`);
    if (current.revision === base.revision) return false;
    const next = baseOf(current);
    setConflict({ base: base.draft, theirs: next.draft, mine: draft });
    setDraft(merged(base.draft, next.draft, draft).draft);
    setBase(next);
    return true;
  };
  const send = async (): Promise<void> => {
    const body = { revision: base.revision, ...bodyOf(draft, changedKeys(base.draft, draft)) };
    try {
      const saved = await call<Check>('PATCH', `/checks/${check.id}`, { body });
      client.setQueryData(checkQuery(check.id).queryKey, saved);
    } catch (error) {
      const isConflict = error instanceof ApiError && error.status === 409;
      if (isConflict && (await takeTheirs())) return;
      throw error;
    }
    isDirty.current = false;
    await navigate({
      to: '/projects/$project/checks/$check',
      params: { project: check.project, check: check.id },
    });
  };
  return (
    <>
      <CheckForm
        draft={draft}
        change={(patch) => setDraft((before) => ({ ...before, ...patch }))}
        submit={submit}
        action={t(conflict === null ? messages.save : messages.saveOver)}
        onSave={() => void submit.run(send)}
        cancel={`/projects/${check.project}/checks/${check.id}`}
        notice={conflict !== null && <ConflictNotice {...conflict} />}
      />
      <UnsavedGuard isDirty={isDirty} />
    </>
  );
}

function baseOf(check: Check): Base {
  return { revision: check.revision, draft: draftOf(check, readersZone()) };
}

const messages = defineMessages({
  edit: { en: 'Edit', fr: 'Modifier' },
  title: { en: 'Edit {name}', fr: 'Modifier {name}' },
  readonly: {
    en: 'You may look at this check, not change it.',
    fr: 'Vous pouvez consulter ce contrôle, pas le modifier.',
  },
  save: { en: 'Save', fr: 'Enregistrer' },
  saveOver: { en: 'Save my version', fr: 'Enregistrer ma version' },
});
