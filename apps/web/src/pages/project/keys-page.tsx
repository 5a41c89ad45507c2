import { Page, Skeleton } from '../../components/page.tsx';

export function KeysPage() {
  return (
    <Page title="Keys">
      <Skeleton />
    </Page>
  );
}
