import { Page, Skeleton } from '../../components/page.tsx';

export function SetUpPage() {
  return (
    <Page title="SetUp">
      <Skeleton />
    </Page>
  );
}
