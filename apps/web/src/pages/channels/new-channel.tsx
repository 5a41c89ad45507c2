import { Page, Skeleton } from '../../components/page.tsx';

export function NewChannelPage() {
  return (
    <Page title="NewChannel">
      <Skeleton />
    </Page>
  );
}
