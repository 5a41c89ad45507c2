import { Page, Skeleton } from '../../components/page.tsx';

export function NowPage() {
  return (
    <Page title="Now">
      <Skeleton />
    </Page>
  );
}
