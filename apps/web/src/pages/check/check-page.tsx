import { Page, Skeleton } from '../../components/page.tsx';

export function CheckPage() {
  return (
    <Page title="Check">
      <Skeleton />
    </Page>
  );
}
