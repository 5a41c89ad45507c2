import { Link } from '@tanstack/react-router';
import type { Channel, Check } from '@vigie/contract';
import { ListEnd, useList } from '../../api/list.tsx';
import { Card } from '../../components/page.tsx';
import { StatusMark } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** The checks that tell of themselves through a channel. */
export function ChecksCard({ channel }: { channel: Channel }) {
  const t = useT();
  const list = useList<Check>(['checks', channel.project, 'of-channel'], '/checks', {
    project: channel.project,
    channel: channel.id,
    sort: 'name',
    limit: 20,
  });
  return (
    <Card title={t(messages.title)}>
      <ul className="stack">
        {list.items.map((check) => (
          <li key={check.id} className="row spread">
            <Link
              to="/projects/$project/checks/$check"
              params={{ project: check.project, check: check.id }}
              className="wrap-anywhere"
            >
              {check.name || check.slug || check.id}
            </Link>
            <StatusMark status={check.status} started={check.started} />
          </li>
        ))}
      </ul>
      <ListEnd list={list} empty={<p className="soft">{t(messages.none)}</p>} />
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Checks that use it', fr: 'Contrôles qui l’utilisent' },
  none: {
    en: 'No check uses it of its own. Checks without channels and other alerts still may, as the project’s settings say.',
    fr: 'Aucun contrôle ne l’utilise en propre. Les contrôles sans canal et les autres alertes le peuvent, selon les réglages du projet.',
  },
});
