import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Passkey } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { Ago } from '../../components/time.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { AskPassword } from './ask-password.tsx';

/** Ways in without a password: a fingerprint, a phone, a security key. */
export function PasskeysCard() {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const { data, error, refetch } = useQuery({
    queryKey: ['passkeys'],
    queryFn: ({ signal }) => call<{ items: Passkey[] }>('GET', '/me/passkeys', { signal }),
  });
  const [asked, setAsked] = useState<Passkey | null>(null);
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['passkeys'] });
  const remove = async (passkey: Passkey): Promise<void> => {
    setAsked(null);
    try {
      await call('DELETE', `/me/passkeys/${passkey.id}`);
      toasts.say(t(messages.removed, { name: passkey.name }));
      await changed();
    } catch (failure) {
      toasts.fail(failure);
    }
  };
  return (
    <Card title={t(messages.title)}>
      <p className="soft">{t(messages.what)}</p>
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={2} />}
      {data !== undefined && data.items.length > 0 && (
        <ul className="things">
          {data.items.map((passkey) => (
            <li key={passkey.id} className="thing">
              <div>
                <strong>{passkey.name}</strong>
                <p className="soft small">
                  {t(messages.used)}{' '}
                  {passkey.last_used_at === null ? t(messages.never) : <Ago at={passkey.last_used_at} />}
                </p>
              </div>
              <IconButton
                icon="trash"
                label={t(messages.remove, { name: passkey.name })}
                onClick={() => setAsked(passkey)}
              />
            </li>
          ))}
        </ul>
      )}
      <AddPasskey onAdded={changed} />
      {asked !== null && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsked(null)}
          title={t(messages.removeTitle, { name: asked.name })}
          description={t(messages.consequence)}
          action={t(messages.removeIt)}
          onConfirm={() => void remove(asked)}
        />
      )}
    </Card>
  );
}

function AddPasskey({ onAdded }: { onAdded(): Promise<void> }) {
  const t = useT();
  const [name, setName] = useState('');
  const [asks, setAsks] = useState(false);
  const { busy, errorOf, problem, run } = useSubmit(['name']);
  const add = async (options: PublicKeyCredentialCreationOptionsJSON): Promise<void> => {
    const { startRegistration } = await import('@simplewebauthn/browser');
    const response = await startRegistration({ optionsJSON: options });
    await call('POST', '/me/passkeys', { body: { name, response } });
    setName('');
    await onAdded();
  };
  // The dialog closes with the right password: what the device then says belongs to the form.
  const prove = async (password: string): Promise<void> => {
    const options = await call<PublicKeyCredentialCreationOptionsJSON>('POST', '/me/passkeys/options', {
      body: { password },
    });
    void run(() => add(options));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsks(true);
  };
  return (
    <>
      <form className="stack account-form" onSubmit={submit}>
        <FormProblem text={problem} />
        <TextField
          label={t(messages.name)}
          hint={t(messages.nameHint)}
          required
          maxLength={100}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="row">
          <Button type="submit" icon="plus" busy={busy}>
            {t(messages.add)}
          </Button>
        </div>
      </form>
      {asks && (
        <AskPassword
          title={t(messages.title)}
          action={t(messages.add)}
          onProof={prove}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}

const messages = defineMessages({
  title: { en: 'Passkeys', fr: 'Clés d’accès' },
  what: {
    en: 'A passkey lets you in by fingerprint, face, phone or security key, without a password.',
    fr: 'Une clé d’accès permet d’entrer par empreinte, visage, téléphone ou clé de sécurité, sans mot de passe.',
  },
  used: { en: 'Last used:', fr: 'Dernier usage :' },
  never: { en: 'never', fr: 'jamais' },
  remove: { en: 'Remove {name}', fr: 'Retirer {name}' },
  removeTitle: { en: 'Remove the passkey {name}?', fr: 'Retirer la clé d’accès {name} ?' },
  removeIt: { en: 'Remove', fr: 'Retirer' },
  consequence: {
    en: 'It lets nobody in any more. The device may go on offering it.',
    fr: 'Elle ne permettra plus d’entrer. L’appareil peut continuer à la proposer.',
  },
  removed: { en: '{name} is removed', fr: '{name} est retirée' },
  name: { en: 'Name', fr: 'Nom' },
  nameHint: {
    en: 'To know it by, e.g. the device it is on.',
    fr: 'Pour la reconnaître, par exemple son appareil.',
  },
  add: { en: 'Add a passkey', fr: 'Ajouter une clé d’accès' },
});
