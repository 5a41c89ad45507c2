import { Page, Skeleton } from '../../components/page.tsx';

export function ChannelPage() {
  return (
    <Page title="Channel">
      <Skeleton />
    </Page>
  );
}
