import type { ReactNode } from 'react';
import { Page } from '../../components/page.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** One of the pages about oneself. */
export function AccountPage({ children }: { children: ReactNode }) {
  const t = useT();
  const tabs = [
    { label: t(messages.profile), to: '/account' },
    { label: t(messages.security), to: '/account/security' },
    { label: t(messages.reports), to: '/account/reports' },
  ] as const;
  return (
    <Page title={t(messages.title)} below={<Tabs label={t(messages.title)} tabs={tabs} />}>
      {children}
    </Page>
  );
}

const messages = defineMessages({
  title: { en: 'Account', fr: 'Compte' },
  profile: { en: 'Profile', fr: 'Profil' },
  security: { en: 'Security', fr: 'Sécurité' },
  reports: { en: 'Reports by mail', fr: 'Rapports par courriel' },
});
