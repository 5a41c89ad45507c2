import { Page, Skeleton } from '../../components/page.tsx';

export function SilencesPage() {
  return (
    <Page title="Silences">
      <Skeleton />
    </Page>
  );
}
