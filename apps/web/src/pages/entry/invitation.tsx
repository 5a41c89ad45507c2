import { Page, Skeleton } from '../../components/page.tsx';

export function InvitationPage() {
  return (
    <Page title="Invitation">
      <Skeleton />
    </Page>
  );
}
