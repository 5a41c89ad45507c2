import { Page, Skeleton } from '../../components/page.tsx';

export function SettingsPage() {
  return (
    <Page title="Settings">
      <Skeleton />
    </Page>
  );
}
