import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Member } from '@vigie/contract';
import { ROLES, type Role } from '@vigie/contract/vocabulary';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { ListEnd, useList } from '../../api/list.tsx';
import { sessionQuery, useUser } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Card } from '../../components/page.tsx';
import { ROLE_WORDS } from '../../components/role-words.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { ROLE_MEANINGS, RoleSelect } from './role-select.tsx';

/** Who is a member, as what. */
export function MembersCard({ mayManage }: { mayManage: boolean }) {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const navigate = useNavigate();
  const project = useProject();
  const me = useUser();
  const path = `/projects/${project.id}/members`;
  const list = useList<Member>(['members', project.id], path);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const ownRole = project.role ?? 'owner';

  const change = async (action: () => Promise<unknown>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      toasts.fail(error);
    }
    await client.invalidateQueries({ queryKey: ['members', project.id] });
  };
  const setRole = (member: Member, role: Role): Promise<void> =>
    change(async () => {
      await call('PATCH', `${path}/${member.id}`, { body: { role } });
      toasts.say(t(messages.now, { name: member.email, role: t(ROLE_WORDS[role]) }), {
        undo: () => void change(() => call('PATCH', `${path}/${member.id}`, { body: { role: member.role } })),
      });
    });
  const remove = async (member: Member): Promise<void> => {
    setLeaving(null);
    await change(() => call('DELETE', `${path}/${member.id}`));
    if (member.id !== me?.id) return;
    await client.refetchQueries({ queryKey: sessionQuery.queryKey });
    await navigate({ to: '/' });
  };
  const mayTouch = (member: Member): boolean =>
    mayManage && ROLES.indexOf(member.role) >= ROLES.indexOf(ownRole);

  return (
    <Card title={t(messages.title)}>
      <div className="table-scroll">
        <table className="table table-stack member-table">
          <thead>
            <tr>
              <th scope="col">{t(messages.person)}</th>
              <th scope="col">{t(messages.role)}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {list.items.map((member) => (
              <tr key={member.id}>
                <td className="wrap-anywhere">
                  {member.name || member.email}
                  {member.name !== '' && <p className="soft small">{member.email}</p>}
                </td>
                <td>
                  {mayTouch(member) ? (
                    <RoleSelect
                      aria-label={t(messages.roleOf, { name: member.email })}
                      value={member.role}
                      upTo={ownRole}
                      onRole={(role) => void setRole(member, role)}
                    />
                  ) : (
                    t(ROLE_WORDS[member.role])
                  )}
                </td>
                <td>
                  {(mayTouch(member) || member.id === me?.id) && (
                    <Button onClick={() => setLeaving(member)}>
                      {t(member.id === me?.id ? messages.leave : messages.remove)}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ListEnd list={list} />
      <dl className="small soft role-meanings">
        {ROLES.map((role) => (
          <div key={role}>
            <dt className="field-label">{t(ROLE_WORDS[role])}</dt>
            <dd>{t(ROLE_MEANINGS[role])}</dd>
          </div>
        ))}
      </dl>
      {leaving !== null && (
        <ConfirmDialog
          open
          onOpenChange={() => setLeaving(null)}
          title={t(leaving.id === me?.id ? messages.leaveTitle : messages.removeTitle, {
            name: leaving.email,
          })}
          description={t(messages.consequence)}
          action={t(leaving.id === me?.id ? messages.leave : messages.remove)}
          onConfirm={() => void remove(leaving)}
        />
      )}
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Members', fr: 'Membres' },
  person: { en: 'Person', fr: 'Personne' },
  role: { en: 'Role', fr: 'Rôle' },
  roleOf: { en: 'Role of {name}', fr: 'Rôle de {name}' },
  now: { en: '{name} is {role} now', fr: '{name} est maintenant {role}' },
  remove: { en: 'Remove', fr: 'Retirer' },
  leave: { en: 'Leave', fr: 'Quitter' },
  removeTitle: { en: 'Remove {name}?', fr: 'Retirer {name} ?' },
  leaveTitle: { en: 'Leave the project?', fr: 'Quitter le projet ?' },
  consequence: {
    en: 'The project is no longer seen. It takes a new invitation to come back.',
    fr: 'Le projet ne sera plus visible. Il faudra une nouvelle invitation pour revenir.',
  },
});
