import { Page, Skeleton } from '../../components/page.tsx';

export function ChecksPage() {
  return (
    <Page title="Checks">
      <Skeleton />
    </Page>
  );
}
