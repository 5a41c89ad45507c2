import { Page, Skeleton } from '../../components/page.tsx';

export function NewSilencePage() {
  return (
    <Page title="NewSilence">
      <Skeleton />
    </Page>
  );
}
