import { Page, Skeleton } from '../../components/page.tsx';

export function BadgesPage() {
  return (
    <Page title="Badges">
      <Skeleton />
    </Page>
  );
}
