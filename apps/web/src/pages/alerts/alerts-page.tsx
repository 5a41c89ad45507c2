import { Page, Skeleton } from '../../components/page.tsx';

export function AlertsPage() {
  return (
    <Page title="Alerts">
      <Skeleton />
    </Page>
  );
}
