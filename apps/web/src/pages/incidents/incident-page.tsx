import { Page, Skeleton } from '../../components/page.tsx';

export function IncidentPage() {
  return (
    <Page title="Incident">
      <Skeleton />
    </Page>
  );
}
