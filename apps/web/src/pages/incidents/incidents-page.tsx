import { Page, Skeleton } from '../../components/page.tsx';

export function IncidentsPage() {
  return (
    <Page title="Incidents">
      <Skeleton />
    </Page>
  );
}
