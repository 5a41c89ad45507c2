import { Page, Skeleton } from '../../components/page.tsx';

export function AuditPage() {
  return (
    <Page title="Audit">
      <Skeleton />
    </Page>
  );
}
