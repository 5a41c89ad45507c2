import { Page, Skeleton } from '../../components/page.tsx';

export function NewCheckPage() {
  return (
    <Page title="NewCheck">
      <Skeleton />
    </Page>
  );
}
