import { Page, Skeleton } from '../../components/page.tsx';

export function MembersPage() {
  return (
    <Page title="Members">
      <Skeleton />
    </Page>
  );
}
