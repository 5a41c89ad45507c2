import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ProbeKind, Service } from '@vigie/contract';
import { useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { probeKindsQuery, serviceQuery } from '../../api/service-queries.ts';
import { useKindName } from '../../components/kind-name.ts';
import { OnlyFor } from '../../components/only-for.tsx';
import { Page, Problem, Skeleton } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { UnsavedGuard } from '../check-editor/unsaved.tsx';
import { changedKeys, creationOf, newDraft } from './draft.ts';
import { formFields } from './form-fields.ts';
import { KindChooser } from './kind-chooser.tsx';
import { ServiceForm } from './service-form.tsx';

const route = getRouteApi('/shell/projects/$project/services/new/{-$kind}');

/** Adding a service: its kind first, then what the kind wants to know. */
export function NewServicePage() {
  const t = useT();
  const nameOf = useKindName();
  const { project, kind: wanted } = route.useParams();
  const { data, error, refetch } = useQuery(probeKindsQuery);
  const kind = data?.find((one) => one.kind === wanted);
  const mayWrite = useMay('member');
  const above =
    kind === undefined ? (
      <Link to="/projects/$project/services" params={{ project }}>
        {t(messages.services)}
      </Link>
    ) : (
      <Link to="/projects/$project/services/new/{-$kind}" params={{ project, kind: undefined }}>
        {t(messages.otherKind)}
      </Link>
    );
  return (
    <Page
      title={kind === undefined ? t(messages.title) : t(messages.of, { kind: nameOf(kind) })}
      above={above}
    >
      <OnlyFor allowed={mayWrite}>
        {error !== null && <Problem error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={8} />}
        {data !== undefined && kind === undefined && <KindChooser kinds={data} />}
        {kind !== undefined && <NewServiceForm key={kind.kind} kind={kind} />}
      </OnlyFor>
    </Page>
  );
}

function NewServiceForm({ kind }: { kind: ProbeKind }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id: project, environments } = useProject();
  const [first] = useState(() => newDraft(kind, environments[0] ?? 'production'));
  const [draft, setDraft] = useState(first);
  const submit = useSubmit(formFields(kind, draft));
  const isDirty = useRef(false);
  /** What is drawn again on the way out must not ask whether to leave. */
  const isSaved = useRef(false);
  isDirty.current = !isSaved.current && changedKeys(first, draft).length > 0;
  const create = async (): Promise<void> => {
    const body = creationOf(draft, kind);
    const service = await call<Service>('POST', '/services', { query: { project }, body });
    client.setQueryData(serviceQuery(service.id).queryKey, service);
    isSaved.current = true;
    isDirty.current = false;
    await navigate({
      to: '/projects/$project/services/$service',
      params: { project, service: service.id },
    });
  };
  return (
    <>
      <ServiceForm
        kind={kind}
        draft={draft}
        change={(patch) => setDraft((before) => ({ ...before, ...patch }))}
        submit={submit}
        action={t(messages.add)}
        onSave={() => void submit.run(create)}
        cancel={`/projects/${project}/services`}
      />
      <UnsavedGuard isDirty={isDirty} />
    </>
  );
}

const messages = defineMessages({
  services: { en: 'Services', fr: 'Services' },
  otherKind: { en: 'Another kind', fr: 'Un autre type' },
  title: { en: 'What is to be watched?', fr: 'Que faut-il surveiller ?' },
  of: { en: 'New service: {kind}', fr: 'Nouveau service : {kind}' },
  add: { en: 'Add it', fr: 'L’ajouter' },
});
