import { useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Signs in by a passkey; its library is loaded with the first press. */
export function PasskeyButton({ onSignedIn }: { onSignedIn(): Promise<void> }) {
  const t = useT();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const signIn = async (): Promise<void> => {
    setBusy(true);
    try {
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const optionsJSON = await call<Parameters<typeof startAuthentication>[0]['optionsJSON']>(
        'POST',
        '/session/passkey/options',
      );
      const response = await startAuthentication({ optionsJSON });
      await call('POST', '/session/passkey', { body: { response } });
      await onSignedIn();
    } catch (error) {
      // Whoever closes the browser's dialog has changed their mind, which is no failure.
      if (!(error instanceof Error && error.name === 'NotAllowedError')) toasts.fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon="key" busy={busy} onClick={() => void signIn()}>
      {t(messages.passkey)}
    </Button>
  );
}

const messages = defineMessages({
  passkey: { en: 'Sign in with a passkey', fr: 'Se connecter avec une clé d’accès' },
});
