import './ping-panel.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Check, Ping } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Fact } from '../../components/fact.tsx';
import { Problem, Skeleton } from '../../components/page.tsx';
import { Duration, Instant } from '../../components/time.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { sizeText } from '../../i18n/size.ts';
import { PING_WORDS, wayText } from './ping-words.ts';

/** The ping that the address names, at the side: what came with it, and its body as it is. */
export function PingPanel({ check }: { check: Check }) {
  const t = useT();
  const navigate = useNavigate();
  const { ping: n } = useSearch({ strict: false });
  const show = (next: number | undefined): void =>
    void navigate({
      to: '.',
      search: (before) => ({ ...before, ping: next }),
      replace: true,
      resetScroll: false,
    });
  if (n === undefined) return null;
  return (
    <Dialog open side onOpenChange={(open) => !open && show(undefined)} title={t(messages.title, { n })}>
      <PingDetail check={check.id} n={n} />
      <div className="row spread">
        <Button icon="back" disabled={n <= 1} onClick={() => show(n - 1)}>
          {t(messages.before)}
        </Button>
        <Button disabled={n >= check.n_pings} onClick={() => show(n + 1)}>
          {t(messages.after)}
        </Button>
      </div>
    </Dialog>
  );
}

function PingDetail({ check, n }: { check: string; n: number }) {
  const t = useT();
  const language = useLanguage();
  // A ping never changes.
  const { data: ping, error } = useQuery({
    queryKey: ['ping', check, n],
    queryFn: ({ signal }) => call<Ping>('GET', `/checks/${check}/pings/${n}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <Problem error={error} />;
  if (ping === undefined) return <Skeleton lines={6} />;
  const { exitstatus, duration, rid, remote_addr: from, user_agent: agent } = ping;
  return (
    <>
      <dl className="facts">
        <Fact name={t(messages.type)}>{t(PING_WORDS[ping.type])}</Fact>
        <Fact name={t(messages.at)}>
          <Instant at={ping.at} />
        </Fact>
        {exitstatus !== null && <Fact name={t(messages.exit)}>{exitstatus}</Fact>}
        {duration !== null && (
          <Fact name={t(messages.duration)}>
            <Duration seconds={duration} />
          </Fact>
        )}
        <Fact name={t(messages.way)}>{wayText(ping, t)}</Fact>
        {from !== '' && <Fact name={t(messages.from)}>{from}</Fact>}
        {agent !== '' && (
          <Fact name={t(messages.agent)}>
            <span className="wrap-anywhere">{agent}</span>
          </Fact>
        )}
        {rid !== null && <Fact name={t(messages.run)}>{rid}</Fact>}
        <Fact name={t(messages.size)}>{sizeText(ping.size, language)}</Fact>
      </dl>
      {ping.size > 0 ? <PingBody check={check} n={n} /> : <p className="soft">{t(messages.empty)}</p>}
    </>
  );
}

function PingBody({ check, n }: { check: string; n: number }) {
  const t = useT();
  const { data, error } = useQuery({
    queryKey: ['ping', check, n, 'body'],
    queryFn: ({ signal }) => call<string>('GET', `/checks/${check}/pings/${n}/body`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return <Skeleton lines={4} />;
  return (
    <section aria-label={t(messages.body)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="ping-body" tabIndex={0}>
        {data}
      </pre>
    </section>
  );
}

const messages = defineMessages({
  title: { en: 'Ping #{n}', fr: 'Ping nº {n}' },
  before: { en: 'The one before', fr: 'Le précédent' },
  after: { en: 'The one after', fr: 'Le suivant' },
  type: { en: 'Says', fr: 'Dit' },
  at: { en: 'Arrived', fr: 'Arrivé' },
  exit: { en: 'Exit status', fr: 'Code de sortie' },
  duration: { en: 'The run took', fr: 'Durée de l’exécution' },
  way: { en: 'Method', fr: 'Méthode' },
  from: { en: 'From', fr: 'Depuis' },
  agent: { en: 'User agent', fr: 'Agent' },
  run: { en: 'Run', fr: 'Exécution' },
  size: { en: 'Body', fr: 'Corps' },
  empty: { en: 'It had no body.', fr: 'Il n’avait pas de corps.' },
  body: { en: 'Body of the ping', fr: 'Corps du ping' },
});
