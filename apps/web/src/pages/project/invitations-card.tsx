import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Invitation, InvitationCreated } from '@vigie/contract';
import type { Role } from '@vigie/contract/vocabulary';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useEntry } from '../../api/entry.ts';
import { Button } from '../../components/button.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { Field, TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card, Problem } from '../../components/page.tsx';
import { ROLE_WORDS } from '../../components/role-words.ts';
import { useSubmit } from '../../components/submit.ts';
import { Ago } from '../../components/time.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { RoleSelect } from './role-select.tsx';

/** Inviting somebody, and the invitations that wait. */
export function InvitationsCard() {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const project = useProject();
  const path = `/projects/${project.id}/invitations`;
  const queryKey = ['members', project.id, 'invitations'];
  const [made, setMade] = useState<HandedProps | null>(null);
  const entry = useEntry();
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call<{ items: Invitation[] }>('GET', path, { signal }),
  });
  const change = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
      await client.invalidateQueries({ queryKey });
    } catch (failure) {
      toasts.fail(failure);
    }
  };
  const resend = ({ id }: Invitation): Promise<void> =>
    change(async () => {
      const invitation = await call<InvitationCreated>('POST', `${path}/${id}/resend`);
      setMade({ invitation, link: 'same' });
    });
  const revoke = ({ id, email }: Invitation): Promise<void> =>
    change(async () => {
      await call('DELETE', `${path}/${id}`);
      // Its link leads nowhere now.
      setMade((shown) => (shown?.invitation.id === id ? null : shown));
      toasts.say(t(messages.revoked, { email }));
    });
  return (
    <Card title={t(messages.title)}>
      <InviteForm
        path={path}
        onMade={(invitation) => {
          const isSecond = data?.items.some(({ email }) => email === invitation.email) ?? false;
          setMade({ invitation, link: isSecond ? 'other' : 'first' });
          void client.invalidateQueries({ queryKey });
        }}
      />
      {made !== null && <Handed {...made} />}
      {error !== null && <Problem error={error} />}
      {data?.items.map((invitation) => (
        <div key={invitation.id} className="row spread">
          <div>
            <p className="wrap-anywhere">
              {t(messages.waits, { email: invitation.email, role: t(ROLE_WORDS[invitation.role]) })}
            </p>
            <p className="small soft">
              {t(messages.until)} <Ago at={invitation.expires_at} />
            </p>
          </div>
          <div className="row">
            <Button onClick={() => void resend(invitation)} title={t(messages.resendHint)}>
              {t(entry?.mail === false ? messages.showLink : messages.resend)}
              <span className="unseen">: {invitation.email}</span>
            </Button>
            <Button onClick={() => void revoke(invitation)}>
              {t(messages.revoke)}
              <span className="unseen">: {invitation.email}</span>
            </Button>
          </div>
        </div>
      ))}
    </Card>
  );
}

interface HandedProps {
  invitation: InvitationCreated;
  /** Beside one that the person was sent before, and that ends where this is another. */
  link: 'first' | 'same' | 'other';
}

/** The link of an invitation. */
function Handed({ invitation, link }: HandedProps) {
  const t = useT();
  const { email, mailed, url } = invitation;
  return (
    <div className="stack" role="status">
      <p>
        {t(mailed ? messages.mailed : messages.handOver, { email })} {link !== 'first' && t(messages[link])}
      </p>
      <Copyable text={url} label={t(messages.link)} />
    </div>
  );
}

function InviteForm({ path, onMade }: { path: string; onMade(invitation: InvitationCreated): void }) {
  const t = useT();
  const project = useProject();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const { busy, errorOf, problem, run } = useSubmit(['email', 'role']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      onMade(await call<InvitationCreated>('POST', path, { body: { email, role } }));
      setEmail('');
    });
  };
  return (
    <form className="stack project-form" onSubmit={submit}>
      <FormProblem text={problem} />
      <TextField
        type="email"
        label={t(messages.email)}
        required
        autoComplete="off"
        value={email}
        error={errorOf('email')}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field label={t(messages.as)} error={errorOf('role')}>
        {(wiring) => <RoleSelect {...wiring} value={role} upTo={project.role ?? 'owner'} onRole={setRole} />}
      </Field>
      <div className="row">
        <Button type="submit" look="primary" icon="mail" busy={busy}>
          {t(messages.invite)}
        </Button>
      </div>
    </form>
  );
}

const messages = defineMessages({
  title: { en: 'Invite somebody', fr: 'Inviter quelqu’un' },
  email: { en: 'E-mail address', fr: 'Adresse électronique' },
  as: { en: 'As', fr: 'Comme' },
  invite: { en: 'Invite', fr: 'Inviter' },
  mailed: {
    en: 'The invitation is on its way to {email}. The link, should the mail not arrive:',
    fr: 'L’invitation est en route vers {email}. Le lien, si le courriel n’arrive pas :',
  },
  handOver: {
    en: 'This server sends no mail: hand this link to {email} yourself.',
    fr: 'Ce serveur n’envoie pas de courriel : transmettez vous-même ce lien à {email}.',
  },
  link: { en: 'Link of the invitation', fr: 'Lien de l’invitation' },
  waits: { en: '{email} is invited as {role}', fr: '{email} est invité comme {role}' },
  until: { en: 'It ends', fr: 'Elle expire' },
  same: {
    en: 'It is the same link, good for another week.',
    fr: 'C’est le même lien, valable une semaine de plus.',
  },
  other: {
    en: 'The link of the earlier invitation leads in no more.',
    fr: 'Le lien de l’invitation précédente ne fonctionne plus.',
  },
  resend: { en: 'Send again', fr: 'Renvoyer' },
  showLink: { en: 'Show the link', fr: 'Afficher le lien' },
  resendHint: {
    en: 'The same link, good for another week',
    fr: 'Le même lien, valable une semaine de plus',
  },
  revoke: { en: 'Take back', fr: 'Retirer' },
  revoked: { en: 'The invitation of {email} is taken back', fr: 'L’invitation de {email} est retirée' },
});
