import './channels.css';
import { Link } from '@tanstack/react-router';
import type { Channel } from '@vigie/contract';
import { isEmptyList, ListEnd, useList } from '../../api/list.tsx';
import { buttonClass } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { KindMark } from '../../components/kind-mark.tsx';
import { Card, Empty, Page } from '../../components/page.tsx';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';

/** Whom the project can tell. */
export function ChannelsPage() {
  const t = useT();
  const project = useProject();
  const mayWrite = useMay('member');
  const list = useList<Channel>(['channels', project.id], '/channels', { project: project.id });
  const isEmpty = isEmptyList(list);
  const add = mayWrite && (
    <Link
      to="/projects/$project/channels/new/{-$kind}"
      params={{ project: project.id }}
      className={buttonClass('primary')}
    >
      <Icon name="plus" />
      {t(messages.add)}
    </Link>
  );
  return (
    <Page title={t(messages.title)} actions={!isEmpty && add}>
      {isEmpty ? (
        <Empty icon="channels" title={t(messages.none)}>
          <p>{t(messages.why)}</p>
          {add}
        </Empty>
      ) : (
        <Card flush>
          <div className="table-scroll">
            <table className="table table-stack">
              <thead>
                <tr>
                  <th scope="col">{t(messages.channel)}</th>
                  <th scope="col">{t(messages.state)}</th>
                  <th scope="col">{t(messages.checks)}</th>
                  <th scope="col">{t(messages.last)}</th>
                </tr>
              </thead>
              <tbody>
                {list.items.map((channel) => (
                  <ChannelRow key={channel.id} channel={channel} project={project.id} />
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      <ListEnd list={list} />
    </Page>
  );
}

function ChannelRow({ channel, project }: { channel: Channel; project: string }) {
  const t = useT();
  return (
    <tr>
      <td>
        <div className="channel-name">
          <KindMark kind={channel.kind} />
          <div>
            <Link
              to="/projects/$project/channels/$channel"
              params={{ project, channel: channel.id }}
              className="wrap-anywhere"
            >
              {channel.name}
            </Link>
            <p className="small soft">{channel.kind}</p>
          </div>
        </div>
      </td>
      <td className="wrap-anywhere">
        <ChannelState channel={channel} />
      </td>
      <td className="number" data-label={t(messages.checks)}>
        {channel.checks_count}
      </td>
      <td data-label={t(messages.last)}>
        {channel.last_notify_at === null ? t(messages.never) : <Ago at={channel.last_notify_at} />}
      </td>
    </tr>
  );
}

/** Whether a channel works, in words. */
export function ChannelState({ channel }: { channel: Channel }) {
  const t = useT();
  if (channel.disabled) {
    return (
      <span className="channel-trouble">
        {t(messages.off)}
        {channel.last_error !== '' && `: ${channel.last_error}`}
      </span>
    );
  }
  if (channel.last_error !== '') {
    return <span className="channel-trouble">{t(messages.failed, { why: channel.last_error })}</span>;
  }
  return t(channel.last_notify_at === null ? messages.unused : messages.works);
}

const messages = defineMessages({
  title: { en: 'Channels', fr: 'Canaux' },
  add: { en: 'Add a channel', fr: 'Ajouter un canal' },
  none: { en: 'Nobody is told yet', fr: 'Personne n’est encore prévenu' },
  why: {
    en: 'A channel is one way to tell somebody: an e-mail address, a Slack channel, a webhook.',
    fr: 'Un canal est un moyen de prévenir quelqu’un : une adresse électronique, un canal Slack, un webhook.',
  },
  channel: { en: 'Channel', fr: 'Canal' },
  state: { en: 'State', fr: 'État' },
  checks: { en: 'Checks', fr: 'Contrôles' },
  last: { en: 'Last message', fr: 'Dernier message' },
  never: { en: 'never', fr: 'jamais' },
  off: { en: 'switched off', fr: 'désactivé' },
  failed: { en: 'the last message failed: {why}', fr: 'le dernier message a échoué : {why}' },
  works: { en: 'works', fr: 'fonctionne' },
  unused: { en: 'not used yet', fr: 'pas encore utilisé' },
});
