import { Page, Skeleton } from '../../components/page.tsx';

export function AlertLink() {
  return (
    <Page title="Alert">
      <Skeleton />
    </Page>
  );
}
