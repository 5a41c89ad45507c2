import { Page, Skeleton } from '../../components/page.tsx';

export function WindowsPage() {
  return (
    <Page title="Windows">
      <Skeleton />
    </Page>
  );
}
