import { Page, Skeleton } from '../../components/page.tsx';

export function PeoplePage() {
  return (
    <Page title="People">
      <Skeleton />
    </Page>
  );
}
