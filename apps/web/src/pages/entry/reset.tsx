import { Page, Skeleton } from '../../components/page.tsx';

export function ResetPage() {
  return (
    <Page title="Reset">
      <Skeleton />
    </Page>
  );
}
