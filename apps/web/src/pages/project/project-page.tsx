import './project.css';
import type { ReactNode } from 'react';
import { OnlyFor } from '../../components/only-for.tsx';
import { Page } from '../../components/page.tsx';
import { type Tab, Tabs } from '../../components/tabs.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';

interface ProjectPageProps {
  /** The least role that sees it. */
  least?: 'readonly' | 'member' | 'manager';
  children: ReactNode;
}

/** One of the pages about the project itself. */
export function ProjectPage({ least = 'readonly', children }: ProjectPageProps) {
  const t = useT();
  const { id } = useProject();
  const allowed = useMay(least);
  const params = { project: id };
  const tabs: (Tab | false)[] = [
    { label: t(messages.settings), to: '/projects/$project/settings', params },
    { label: t(messages.members), to: '/projects/$project/settings/members', params },
    useMay('member') && { label: t(messages.keys), to: '/projects/$project/settings/keys', params },
    { label: t(messages.badges), to: '/projects/$project/settings/badges', params },
    useMay('manager') && { label: t(messages.audit), to: '/projects/$project/settings/audit', params },
  ];
  return (
    <Page
      title={t(messages.title)}
      below={<Tabs label={t(messages.title)} tabs={tabs.filter((tab) => tab !== false)} />}
    >
      <OnlyFor allowed={allowed}>{children}</OnlyFor>
    </Page>
  );
}

const messages = defineMessages({
  title: { en: 'Project', fr: 'Projet' },
  settings: { en: 'Settings', fr: 'Réglages' },
  members: { en: 'Members', fr: 'Membres' },
  keys: { en: 'Keys', fr: 'Clés' },
  badges: { en: 'Badges', fr: 'Badges' },
  audit: { en: 'Audit log', fr: 'Journal' },
});
