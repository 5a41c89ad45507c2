import { useQueryClient } from '@tanstack/react-query';
import type { Key, KeyCreated } from '@vigie/contract';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { ListEnd, useList } from '../../api/list.tsx';
import { Button } from '../../components/button.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Card } from '../../components/page.tsx';
import { Ago } from '../../components/time.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { NewKeyForm } from './new-key-form.tsx';
import { PingKeyCard } from './ping-key-card.tsx';
import { ProjectPage } from './project-page.tsx';
import { SCOPE_WORDS } from './scope-words.ts';

/** The keys of programs. */
export function KeysPage() {
  return (
    <ProjectPage least="member">
      <KeysCard />
      <PingKeyCard />
    </ProjectPage>
  );
}

function KeysCard() {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const project = useProject();
  const path = `/projects/${project.id}/keys`;
  const list = useList<Key>(['keys', project.id], path);
  const [made, setMade] = useState<KeyCreated | null>(null);
  const [ending, setEnding] = useState<Key | null>(null);
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['keys', project.id] });
  const end = async (key: Key): Promise<void> => {
    setEnding(null);
    try {
      await call('DELETE', `${path}/${key.id}`);
      await changed();
    } catch (error) {
      toasts.fail(error);
    }
  };
  return (
    <>
      <Card title={t(messages.title)}>
        <NewKeyForm
          path={path}
          onMade={(key) => {
            setMade(key);
            void changed();
          }}
        />
        {made !== null && (
          <div className="stack" role="status">
            <p>{t(messages.once, { name: made.name })}</p>
            <Copyable text={made.key} label={made.name} />
          </div>
        )}
        {list.items.length > 0 && (
          <div className="table-scroll">
            <table className="table table-stack member-table">
              <thead>
                <tr>
                  <th scope="col">{t(messages.name)}</th>
                  <th scope="col">{t(messages.may)}</th>
                  <th scope="col">{t(messages.used)}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {list.items.map((key) => (
                  <tr key={key.id}>
                    <td className="wrap-anywhere">
                      {key.name}
                      <p className="soft small">
                        <code>{key.hint}…</code>
                      </p>
                    </td>
                    <td>{t(SCOPE_WORDS[key.scope])}</td>
                    <td data-label={t(messages.used)}>
                      {key.last_used_at === null ? t(messages.never) : <Ago at={key.last_used_at} />}
                    </td>
                    <td>
                      <Button onClick={() => setEnding(key)}>
                        {t(messages.end)}
                        <span className="unseen">: {key.name}</span>
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <ListEnd list={list} />
      </Card>
      {ending !== null && (
        <ConfirmDialog
          open
          onOpenChange={() => setEnding(null)}
          title={t(messages.endOf, { name: ending.name })}
          description={t(messages.endWhat)}
          action={t(messages.end)}
          onConfirm={() => void end(ending)}
        />
      )}
    </>
  );
}

const messages = defineMessages({
  title: { en: 'API keys', fr: 'Clés d’API' },
  name: { en: 'Name', fr: 'Nom' },
  may: { en: 'May', fr: 'Permet de' },
  used: { en: 'Last used', fr: 'Dernier usage' },
  never: { en: 'never', fr: 'jamais' },
  once: { en: 'The key “{name}” is shown this once:', fr: 'La clé « {name} » n’est montrée qu’une fois :' },
  end: { en: 'Revoke', fr: 'La révoquer' },
  endOf: { en: 'Revoke the key {name}', fr: 'Révoquer la clé {name}' },
  endWhat: {
    en: 'Programs that use it are refused at once. This cannot be undone.',
    fr: 'Les programmes qui l’utilisent sont refusés aussitôt. C’est définitif.',
  },
});
