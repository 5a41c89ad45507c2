import { Page, Skeleton } from '../../components/page.tsx';

export function NewWindowPage() {
  return (
    <Page title="NewWindow">
      <Skeleton />
    </Page>
  );
}
export function EditWindowPage() {
  return (
    <Page title="EditWindow">
      <Skeleton />
    </Page>
  );
}
