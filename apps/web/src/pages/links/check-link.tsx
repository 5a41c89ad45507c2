import { Page, Skeleton } from '../../components/page.tsx';

export function CheckLink() {
  return (
    <Page title="Check">
      <Skeleton />
    </Page>
  );
}
