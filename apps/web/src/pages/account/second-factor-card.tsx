import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RecoveryCodes, SecondFactor, TotpSecret } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { AskPassword } from './ask-password.tsx';
import { QrCode } from './qr-code.tsx';

type Wish = 'begin' | 'renew' | 'stop';

/** Codes of an app beside the password, and recovery codes for when the app is lost. */
export function SecondFactorCard() {
  const t = useT();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['second-factor'],
    queryFn: ({ signal }) => call<SecondFactor>('GET', '/me/totp', { signal }),
  });
  const [wish, setWish] = useState<Wish | null>(null);
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['second-factor'] });

  const prove: Record<Wish, (password: string) => Promise<void>> = {
    async begin(password) {
      setSecret(await call<TotpSecret>('POST', '/me/totp', { body: { password } }));
    },
    async renew(password) {
      const made = await call<RecoveryCodes>('POST', '/me/recovery-codes', { body: { password } });
      setCodes(made.recovery_codes);
      await changed();
    },
    async stop(password) {
      await call('DELETE', '/me/totp', { body: { password } });
      setCodes(null);
      await changed();
    },
  };
  const confirm = async (code: string): Promise<void> => {
    const made = await call<RecoveryCodes>('POST', '/me/totp/confirm', { body: { code } });
    setSecret(null);
    setCodes(made.recovery_codes);
    await changed();
  };
  return (
    <Card title={t(messages.title)}>
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={2} />}
      {data?.enabled === false && secret === null && (
        <>
          <p className="soft">{t(messages.off)}</p>
          <div className="row">
            <Button onClick={() => setWish('begin')}>{t(messages.begin)}</Button>
          </div>
        </>
      )}
      {secret !== null && <Confirm secret={secret} confirm={confirm} />}
      {codes !== null && <Codes codes={codes} />}
      {data?.enabled === true && (
        <>
          <p>{t(messages.on, { count: data.recovery_codes })}</p>
          <div className="row">
            <Button onClick={() => setWish('renew')}>{t(messages.renew)}</Button>
            <Button onClick={() => setWish('stop')}>{t(messages.stop)}</Button>
          </div>
        </>
      )}
      {wish !== null && (
        <AskPassword
          title={t(messages.title)}
          action={t(messages[wish])}
          onProof={prove[wish]}
          onClose={() => setWish(null)}
        />
      )}
    </Card>
  );
}

function Confirm({ secret, confirm }: { secret: TotpSecret; confirm(code: string): Promise<void> }) {
  const t = useT();
  const [code, setCode] = useState('');
  const { busy, errorOf, problem, run } = useSubmit(['code']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(() => confirm(code));
  };
  return (
    <form className="secret-code" onSubmit={submit}>
      <QrCode text={secret.uri} label={t(messages.qr)} />
      <div className="stack">
        <p>{t(messages.scan)}</p>
        <Copyable text={secret.secret} label={t(messages.secret)} />
        <FormProblem text={problem} />
        <TextField
          label={t(messages.code)}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          value={code}
          error={errorOf('code')}
          onChange={(event) => setCode(event.target.value)}
        />
        <div className="row">
          <Button type="submit" look="primary" busy={busy}>
            {t(messages.confirm)}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  const t = useT();
  return (
    <div className="stack" role="status">
      <p>{t(messages.codes)}</p>
      <Copyable text={codes.join('\n')} label={t(messages.all)} />
    </div>
  );
}

const messages = defineMessages({
  title: { en: 'Second factor', fr: 'Second facteur' },
  off: {
    en: 'A password alone lets you in. With a second factor a code of an app on your phone is needed too.',
    fr: 'Un mot de passe suffit pour entrer. Avec un second facteur, un code d’une application de votre téléphone est aussi demandé.',
  },
  begin: { en: 'Set it up', fr: 'L’installer' },
  scan: {
    en: 'Scan this with an authenticator app, or type the secret into it. Then give the code that it shows.',
    fr: 'Scannez ceci avec une application d’authentification, ou saisissez-y le secret. Donnez ensuite le code affiché.',
  },
  qr: { en: 'QR code of the secret', fr: 'Code QR du secret' },
  secret: { en: 'Secret', fr: 'Secret' },
  code: { en: 'Code', fr: 'Code' },
  confirm: { en: 'Turn it on', fr: 'L’activer' },
  on: {
    en: 'It is on. {count, plural, =0 {No recovery code is left.} one {One recovery code is left.} other {# recovery codes are left.}}',
    fr: 'Il est actif. {count, plural, =0 {Il ne reste aucun code de secours.} one {Il reste un code de secours.} other {Il reste # codes de secours.}}',
  },
  renew: { en: 'New recovery codes', fr: 'Nouveaux codes de secours' },
  stop: { en: 'Turn it off', fr: 'Le désactiver' },
  codes: {
    en: 'Recovery codes: each lets you in once when the app is lost. They are shown this once.',
    fr: 'Codes de secours : chacun permet d’entrer une fois si l’application est perdue. Ils ne sont montrés qu’une fois.',
  },
  all: { en: 'All recovery codes', fr: 'Tous les codes de secours' },
});
