import { Page, Skeleton } from '../../components/page.tsx';

export function ChannelsPage() {
  return (
    <Page title="Channels">
      <Skeleton />
    </Page>
  );
}
