import './account.css';
import { useUser } from '../../api/session.ts';
import { AccountPage } from './account-page.tsx';
import { PasskeysCard } from './passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

/** How one comes in, and where one is. */
export function SecurityPage() {
  const user = useUser();
  return (
    <AccountPage>
      {user !== null && (
        <>
          <PasswordCard email={user.email} />
          <SecondFactorCard />
          <PasskeysCard />
          <SessionsCard />
        </>
      )}
    </AccountPage>
  );
}
