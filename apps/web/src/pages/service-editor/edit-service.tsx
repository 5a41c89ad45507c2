import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { Check, ProbeKind, Service } from '@vigie/contract';
import { useRef, useState } from 'react';
import { checkQuery } from '../../api/check-queries.ts';
import { ApiError, call } from '../../api/client.ts';
import { probeKindsQuery, serviceQuery } from '../../api/service-queries.ts';
import { nameOf } from '../../components/check-actions.ts';
import { OnlyFor } from '../../components/only-for.tsx';
import { Page, Problem, Skeleton } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { LostPage } from '../../shell/lost.tsx';
import { useMay } from '../../shell/project.ts';
import { UnsavedGuard } from '../check-editor/unsaved.tsx';
import { changedKeys, draftOf, onTop, patchOf, type ServiceDraft } from './draft.ts';
import { formFields } from './form-fields.ts';
import { ServiceForm } from './service-form.tsx';

/** Changes a service. */
export function EditServicePage() {
  const t = useT();
  const mayWrite = useMay('member');
  const { service: id = '' } = useParams({ strict: false });
  const service = useQuery(serviceQuery(id));
  const check = useQuery(checkQuery(id));
  const kinds = useQuery(probeKindsQuery);
  const error = service.error ?? check.error ?? kinds.error;
  if (service.error instanceof ApiError && service.error.status === 404) return <LostPage />;
  if (service.data === undefined || check.data === undefined || kinds.data === undefined) {
    const retry = (): void => void Promise.all([service, check, kinds].map(({ refetch }) => refetch()));
    return (
      <Page title={t(messages.edit)}>
        {error === null ? <Skeleton lines={8} /> : <Problem error={error} retry={retry} />}
      </Page>
    );
  }
  const { data } = service;
  const kind = kinds.data.find((one) => one.kind === data.kind);
  const params = { project: data.project, service: data.id };
  return (
    <Page
      title={t(messages.title, { name: nameOf(data) })}
      above={
        <Link to="/projects/$project/services/$service" params={params}>
          {nameOf(data)}
        </Link>
      }
    >
      <OnlyFor allowed={mayWrite}>
        {kind === undefined ? (
          <p>{t(messages.unknownKind, { kind: data.kind })}</p>
        ) : (
          <Editor key={data.id} service={data} check={check.data} kind={kind} />
        )}
      </OnlyFor>
    </Page>
  );
}

/** What the changes are made to: it stays while others change the service. */
interface Base {
  revision: number;
  draft: ServiceDraft;
}

function Editor({ service, check, kind }: { service: Service; check: Check; kind: ProbeKind }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [base, setBase] = useState<Base>(() => ({
    revision: service.revision,
    draft: draftOf(service, check, kind),
  }));
  const [draft, setDraft] = useState(base.draft);
  const [isContested, setContested] = useState(false);
  const submit = useSubmit(formFields(kind, draft));
  const isDirty = useRef(false);
  /** What is drawn again on the way out must not ask whether to leave. */
  const isSaved = useRef(false);
  isDirty.current = !isSaved.current && changedKeys(base.draft, draft).length > 0;

  /** Puts my changes onto what somebody else saved. @returns whether somebody did. */
  const takeTheirs = async (): Promise<boolean> => {
    const [now, nowCheck] = await Promise.all([
      call<Service>('GET', `/services/${service.id}`),
      call<Check>('GET', `/checks/${service.id}`),
    ]);
    if (now.revision === base.revision) return false;
    const theirs = draftOf(now, nowCheck, kind);
    setDraft(onTop(base.draft, theirs, draft));
    setBase({ revision: now.revision, draft: theirs });
    setContested(true);
    return true;
  };
  const save = async (): Promise<void> => {
    const body = { revision: base.revision, ...patchOf(draft, changedKeys(base.draft, draft), kind) };
    try {
      const saved = await call<Service>('PATCH', `/services/${service.id}`, { body });
      client.setQueryData(serviceQuery(service.id).queryKey, saved);
    } catch (error) {
      const isConflict = error instanceof ApiError && error.status === 409;
      if (isConflict && (await takeTheirs())) return;
      throw error;
    }
    isSaved.current = true;
    isDirty.current = false;
    void client.invalidateQueries({ queryKey: ['check', service.id] });
    await navigate({
      to: '/projects/$project/services/$service',
      params: { project: service.project, service: service.id },
    });
  };
  return (
    <>
      <ServiceForm
        kind={kind}
        draft={draft}
        change={(patch) => setDraft((before) => ({ ...before, ...patch }))}
        submit={submit}
        stored={service}
        lastRun={service.last_run}
        action={t(isContested ? messages.saveOver : messages.save)}
        onSave={() => void submit.run(save)}
        cancel={`/projects/${service.project}/services/${service.id}`}
        notice={
          isContested && (
            <p className="conflict" role="alert">
              {t(messages.contested)}
            </p>
          )
        }
      />
      <UnsavedGuard isDirty={isDirty} />
    </>
  );
}

const messages = defineMessages({
  edit: { en: 'Edit', fr: 'Modifier' },
  title: { en: 'Edit {name}', fr: 'Modifier {name}' },
  unknownKind: {
    en: 'This server has no kind of probe called {kind}: the service can only be deleted.',
    fr: 'Ce serveur n’a pas de type de sonde {kind} : le service ne peut qu’être supprimé.',
  },
  save: { en: 'Save', fr: 'Enregistrer' },
  saveOver: { en: 'Save my version', fr: 'Enregistrer ma version' },
  contested: {
    en: 'Somebody changed this service meanwhile. The form has both changes now, yours where they differ: look at it, then save.',
    fr: 'Quelqu’un a modifié ce service entre-temps. Le formulaire contient les deux modifications, la vôtre en cas de différence : relisez-le, puis enregistrez.',
  },
});
