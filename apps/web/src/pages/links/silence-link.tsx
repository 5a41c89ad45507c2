import { Page, Skeleton } from '../../components/page.tsx';

export function SilenceLink() {
  return (
    <Page title="Silence">
      <Skeleton />
    </Page>
  );
}
