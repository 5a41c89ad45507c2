import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Channel, Delivery, DeliveryDetail } from '@vigie/contract';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { ListEnd, useList } from '../../api/list.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { Ago, Duration, Instant } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { About } from './delivery-about.tsx';
import { OUTCOME_WORDS, STATE_WORDS } from './delivery-words.ts';

const route = getRouteApi('/shell/projects/$project/channels/$channel');

/** What went through a channel, newest first, each with its tries. */
export function DeliveriesCard({ channel }: { channel: Channel }) {
  const t = useT();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useList<Delivery>(['deliveries', channel.project], '/deliveries', {
    project: channel.project,
    channel: channel.id,
    state,
    limit: 20,
  });
  const [shown, setShown] = useState<Delivery | null>(null);
  return (
    <Card
      title={t(messages.title)}
      actions={
        <div className="row">
          {(['failed', 'queued'] as const).map((one) => (
            <Button
              key={one}
              aria-pressed={state === one}
              look={state === one ? 'primary' : 'plain'}
              onClick={() => void navigate({ search: state === one ? {} : { state: one }, replace: true })}
            >
              {t(STATE_WORDS[one] ?? STATE_WORDS.queued)}
            </Button>
          ))}
        </div>
      }
    >
      {list.items.length > 0 && (
        <div className="table-scroll">
          <table className="table table-stack delivery-table">
            <thead>
              <tr>
                <th scope="col">{t(messages.when)}</th>
                <th scope="col">{t(messages.about)}</th>
                <th scope="col">{t(messages.outcome)}</th>
                <th scope="col">{t(messages.answer)}</th>
              </tr>
            </thead>
            <tbody>
              {list.items.map((delivery) => (
                <tr key={delivery.id}>
                  <td>
                    <Ago at={delivery.created_at} />
                  </td>
                  <td>
                    <About delivery={delivery} />
                  </td>
                  <td>
                    <Button look="quiet" onClick={() => setShown(delivery)}>
                      {t(STATE_WORDS[delivery.state] ?? STATE_WORDS.queued)}
                      <span className="unseen">: {t(messages.tries)}</span>
                    </Button>
                  </td>
                  <td className="wrap-anywhere small">{delivery.error || delivery.answer}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ListEnd list={list} empty={<p className="soft">{t(messages.none)}</p>} />
      {shown !== null && <Tries delivery={shown} onClose={() => setShown(null)} />}
    </Card>
  );
}

function outcomeText(t: ReturnType<typeof useT>, outcome: string): string {
  const words = OUTCOME_WORDS[outcome];
  return words === undefined ? outcome : t(words);
}

function Tries({ delivery, onClose }: { delivery: Delivery; onClose(): void }) {
  const t = useT();
  const { data, error } = useQuery({
    queryKey: ['delivery', delivery.id],
    queryFn: ({ signal }) => call<DeliveryDetail>('GET', `/deliveries/${delivery.id}`, { signal }),
  });
  return (
    <Dialog open onOpenChange={onClose} title={t(messages.tries)} side>
      {error !== null && <Problem error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data?.tries.length === 0 && <p className="soft">{t(messages.noTries)}</p>}
      <ol className="stack">
        {data?.tries.map((attempt) => (
          <li key={attempt.n} className="answer">
            <p>
              <Instant at={attempt.at} />{' '}
              <span className="soft">({<Duration seconds={attempt.duration} />})</span>
            </p>
            <strong>{outcomeText(t, attempt.outcome)}</strong>
            {attempt.answer !== '' && <pre>{attempt.answer}</pre>}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

const messages = defineMessages({
  title: { en: 'Messages', fr: 'Messages' },
  when: { en: 'When', fr: 'Quand' },
  about: { en: 'What', fr: 'Quoi' },
  outcome: { en: 'Outcome', fr: 'Résultat' },
  answer: { en: 'Answer', fr: 'Réponse' },
  tries: { en: 'Tries of the message', fr: 'Essais du message' },
  noTries: { en: 'It was not tried.', fr: 'Il n’a pas été essayé.' },
  none: { en: 'Nothing was sent through this channel.', fr: 'Rien n’a été envoyé par ce canal.' },
});
