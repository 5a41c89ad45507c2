import { ROLES, type Role } from '@vigie/contract/vocabulary';
import type { SelectHTMLAttributes } from 'react';
import { ROLE_WORDS } from '../../components/role-words.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';

/** What each role may do. */
export const ROLE_MEANINGS: Record<Role, Message> = defineMessages({
  owner: {
    en: 'everything, also deleting the project',
    fr: 'tout, y compris supprimer le projet',
  },
  manager: {
    en: 'as a member, and manages members and sees the audit log',
    fr: 'comme un membre, et gère les membres et voit le journal',
  },
  member: {
    en: 'makes and changes checks, channels, silences and keys',
    fr: 'crée et modifie contrôles, canaux, silences et clés',
  },
  readonly: {
    en: 'sees everything but keys and changes nothing',
    fr: 'voit tout sauf les clés et ne modifie rien',
  },
});

interface RoleSelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  value: Role;
  /** Roles that may be given: up to one's own. */
  upTo: Role;
  onRole(role: Role): void;
}

/** Chooses a role. */
export function RoleSelect({ value, upTo, onRole, ...rest }: RoleSelectProps) {
  const t = useT();
  const offered = ROLES.slice(ROLES.indexOf(upTo));
  return (
    <select
      className="control"
      value={value}
      onChange={(event) => {
        const role = ROLES.find((one) => one === event.target.value);
        if (role !== undefined) onRole(role);
      }}
      {...rest}
    >
      {offered.map((role) => (
        <option key={role} value={role}>
          {t(ROLE_WORDS[role])}
        </option>
      ))}
    </select>
  );
}
