import { Page, Skeleton } from '../../components/page.tsx';

export function SilencePage() {
  return (
    <Page title="Silence">
      <Skeleton />
    </Page>
  );
}
