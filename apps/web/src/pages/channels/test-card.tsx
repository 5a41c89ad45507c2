import { useQuery } from '@tanstack/react-query';
import type { Channel, Delivery, Page } from '@vigie/contract';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Card, Skeleton } from '../../components/page.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay } from '../../shell/project.ts';
import { STATE_WORDS } from './delivery-words.ts';

/** Milliseconds between two looks at a message that is under way, should no event tell of it. */
const LOOK_EVERY = 2_000;

/** Sends a test message, and shows what the provider really answers. */
export function TestCard({ channel }: { channel: Channel }) {
  const t = useT();
  const toasts = useToasts();
  const mayTest = useMay('readonly');
  const [key, setKey] = useState<string | null>(null);
  const { data: delivery } = useQuery({
    queryKey: ['deliveries', channel.project, 'test', key],
    queryFn: async ({ signal }) => {
      const query = { project: channel.project, key: key ?? '' };
      return (await call<Page<Delivery>>('GET', '/deliveries', { query, signal })).items[0] ?? null;
    },
    enabled: key !== null,
    refetchInterval: ({ state }) =>
      state.data?.state === 'sent' || state.data?.state === 'failed' ? false : LOOK_EVERY,
  });
  const send = async (): Promise<void> => {
    try {
      setKey((await call<{ key: string }>('POST', `/channels/${channel.id}/test`)).key);
    } catch (error) {
      toasts.fail(error);
    }
  };
  if (!mayTest) return null;
  const isUnderWay = key !== null && delivery?.state !== 'sent' && delivery?.state !== 'failed';
  return (
    <Card
      title={t(messages.title)}
      actions={
        <Button icon="channels" onClick={() => void send()} busy={isUnderWay}>
          {t(messages.send)}
        </Button>
      }
    >
      <div aria-live="polite">
        {key === null && <p className="soft">{t(messages.what)}</p>}
        {key !== null && (delivery === null || delivery === undefined) && <Skeleton lines={1} />}
        {delivery !== null && delivery !== undefined && (
          <div className="answer">
            <strong>{t(STATE_WORDS[delivery.state] ?? STATE_WORDS.queued)}</strong>
            {(delivery.error !== '' || delivery.answer !== '') && (
              <pre>{delivery.error || delivery.answer}</pre>
            )}
            {delivery.state === 'queued' && delivery.attempts > 0 && (
              <p className="small soft">{t(messages.again, { count: delivery.attempts })}</p>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Test', fr: 'Essai' },
  send: { en: 'Send a test message', fr: 'Envoyer un message d’essai' },
  what: {
    en: 'A marked test message goes the real way; the provider’s answer is shown here.',
    fr: 'Un message d’essai prend le vrai chemin ; la réponse du fournisseur s’affiche ici.',
  },
  again: {
    en: '{count, plural, one {It was tried once} other {It was tried # times}} and is tried again by itself.',
    fr: '{count, plural, one {Essayé une fois} other {Essayé # fois}}, un autre essai suivra de lui-même.',
  },
});
