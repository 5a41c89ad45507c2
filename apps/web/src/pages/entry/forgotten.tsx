import { Page, Skeleton } from '../../components/page.tsx';

export function ForgottenPage() {
  return (
    <Page title="Forgotten">
      <Skeleton />
    </Page>
  );
}
