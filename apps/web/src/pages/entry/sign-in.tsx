import { Page, Skeleton } from '../../components/page.tsx';

export function SignInPage() {
  return (
    <Page title="SignIn">
      <Skeleton />
    </Page>
  );
}
