import { Page, Skeleton } from '../../components/page.tsx';

export function ProfilePage() {
  return (
    <Page title="Profile">
      <Skeleton />
    </Page>
  );
}
