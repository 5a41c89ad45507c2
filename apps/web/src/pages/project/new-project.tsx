import { Page, Skeleton } from '../../components/page.tsx';

export function NewProjectPage() {
  return (
    <Page title="NewProject">
      <Skeleton />
    </Page>
  );
}
