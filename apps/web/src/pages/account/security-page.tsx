import { Page, Skeleton } from '../../components/page.tsx';

export function SecurityPage() {
  return (
    <Page title="Security">
      <Skeleton />
    </Page>
  );
}
