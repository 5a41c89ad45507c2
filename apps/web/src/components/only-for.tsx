import type { ReactNode } from 'react';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { Empty } from './page.tsx';

/** What only some may see; the others read why it is not there, and the server is not asked in vain. */
export function OnlyFor({ allowed, children }: { allowed: boolean; children: ReactNode }) {
  const t = useT();
  if (allowed) return children;
  return (
    <Empty icon="key" title={t(messages.title)}>
      <p>{t(messages.why)}</p>
    </Empty>
  );
}

const messages = defineMessages({
  title: { en: 'This is not for your role', fr: 'Votre rôle ne le permet pas' },
  why: {
    en: 'Whoever manages the project or the server can give you another one.',
    fr: 'La personne qui gère le projet ou le serveur peut vous en donner un autre.',
  },
});
