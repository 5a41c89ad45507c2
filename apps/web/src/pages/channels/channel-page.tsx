import './channels.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { KindMark } from '../../components/kind-mark.tsx';
import { useKindName } from '../../components/kind-name.ts';
import { Page, Problem, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay } from '../../shell/project.ts';
import { ChannelActions } from './channel-actions.tsx';
import { channelQuery, kindsQuery } from './channel-queries.ts';
import { ChannelState } from './channels-page.tsx';
import { ChecksCard } from './checks-card.tsx';
import { DeliveriesCard } from './deliveries-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { TestCard } from './test-card.tsx';

const route = getRouteApi('/shell/projects/$project/channels/$channel');

/** One channel: whether it works, a test, what it sent, its settings. */
export function ChannelPage() {
  const t = useT();
  const nameOf = useKindName();
  const { project, channel: id } = route.useParams();
  const { data: channel, error, refetch } = useQuery(channelQuery(id));
  const { data: kinds } = useQuery(kindsQuery);
  const mayWrite = useMay('member');
  const above = (
    <Link to="/projects/$project/channels" params={{ project }}>
      {t(messages.channels)}
    </Link>
  );
  if (channel === undefined) {
    return (
      <Page title={t(messages.channel)} above={above}>
        {error === null ? <Skeleton /> : <Problem error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  const kind = kinds?.find((one) => one.kind === channel.kind);
  return (
    <Page
      title={channel.name}
      above={above}
      mark={<KindMark kind={channel.kind} />}
      actions={mayWrite && <ChannelActions channel={channel} />}
    >
      <p>
        {kind === undefined ? channel.kind : nameOf(kind)}, <ChannelState channel={channel} />
      </p>
      <TestCard channel={channel} />
      <DeliveriesCard channel={channel} />
      <ChecksCard channel={channel} />
      {mayWrite && kind !== undefined && <SettingsCard key={channel.id} channel={channel} kind={kind} />}
    </Page>
  );
}

const messages = defineMessages({
  channels: { en: 'Channels', fr: 'Canaux' },
  channel: { en: 'Channel', fr: 'Canal' },
});
