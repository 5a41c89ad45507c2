import { Page, Skeleton } from '../../components/page.tsx';

export function ReportsPage() {
  return (
    <Page title="Reports">
      <Skeleton />
    </Page>
  );
}
