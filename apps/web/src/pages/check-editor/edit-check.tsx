import { Page, Skeleton } from '../../components/page.tsx';

export function EditCheckPage() {
  return (
    <Page title="EditCheck">
      <Skeleton />
    </Page>
  );
}
