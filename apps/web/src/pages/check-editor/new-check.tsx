import { useNavigate } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { Page } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { CheckForm } from './check-form.tsx';
import { bodyOf, changedKeys, DRAFT_KEYS, newDraft } from './draft.ts';
import { FirstCheck } from './first-check.tsx';
import { FORM_FIELDS } from './form-part.ts';
import { readersZone } from './readers-zone.ts';
import { UnsavedGuard } from './unsaved.tsx';

/** A new check: from one line, or with everything set by hand. */
export function NewCheckPage() {
  const t = useT();
  return (
    <Page title={t(messages.title)}>
      <FirstCheck />
      {useMay('member') && <WholeForm />}
    </Page>
  );
}

function WholeForm() {
  const t = useT();
  const project = useProject();
  const navigate = useNavigate();
  const submit = useSubmit(FORM_FIELDS);
  const [empty] = useState(() => newDraft(project.environments[0] ?? '', readersZone()));
  const [draft, setDraft] = useState(empty);
  const isDirty = useRef(false);
  isDirty.current = changedKeys(empty, draft).length > 0 && !submit.busy;
  const save = (): void =>
    void submit.run(async () => {
      const body = bodyOf(draft, DRAFT_KEYS);
      const check = await call<Check>('POST', '/checks', { query: { project: project.id }, body });
      isDirty.current = false;
      await navigate({
        to: '/projects/$project/checks/$check',
        params: { project: project.id, check: check.id },
        search: { first: true },
      });
    });
  return (
    <details className="whole-form" open={isDirty.current || undefined}>
      <summary>{t(messages.whole)}</summary>
      <CheckForm
        draft={draft}
        change={(patch) => setDraft((before) => ({ ...before, ...patch }))}
        submit={submit}
        action={t(messages.create)}
        onSave={save}
        cancel={`/projects/${project.id}/checks`}
      />
      <UnsavedGuard isDirty={isDirty} />
    </details>
  );
}

const messages = defineMessages({
  title: { en: 'New check', fr: 'Nouveau contrôle' },
  whole: { en: 'Set everything by hand', fr: 'Tout régler à la main' },
  create: { en: 'Create the check', fr: 'Créer le contrôle' },
});
