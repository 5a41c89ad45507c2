import { Page, Skeleton } from '../../components/page.tsx';

export function AlertPage() {
  return (
    <Page title="Alert">
      <Skeleton />
    </Page>
  );
}
