import { useQuery } from '@tanstack/react-query';
import type { Check, Flip, Page, Ping, Service } from '@vigie/contract';
import { next, parseSchedule, ScheduleError } from '@vigie/schedule';
import { latestPingsQuery } from '../../api/check-queries.ts';
import { call } from '../../api/client.ts';
import { Fact } from '../../components/fact.tsx';
import { Card } from '../../components/page.tsx';
import { REASON_WORDS } from '../../components/reason-words.ts';
import '../../components/why.css';
import { LOOK_OF } from '../../components/status.tsx';
import { Ago, Duration } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { AlertLine } from './alert-line.tsx';
import { Countdown } from './countdown.tsx';
import { PINGS_LOOKED_AT } from './runs.ts';

interface StateCardProps {
  check: Check;
  /** What the server itself looks at and reports for here; null = somebody else does, undefined = not known yet. */
  service: Service | null | undefined;
}

/** What a check is now, since when, why, and what it waits for. */
export function StateCard({ check, service }: StateCardProps) {
  const t = useT();
  const { data: flips } = useQuery({
    queryKey: ['check', check.id, 'flips', 'last'],
    queryFn: ({ signal }) =>
      call<Page<Flip>>('GET', `/checks/${check.id}/flips`, { query: { limit: 1 }, signal }),
  });
  const { data: pings } = useQuery(latestPingsQuery(check.id, PINGS_LOOKED_AT));
  const flip = flips?.items[0];
  const failure = pings?.items.find(({ type }) => type === 'fail');
  const due = nextDue(check);
  return (
    <Card title={t(messages.title)}>
      <p className={`why why-${LOOK_OF[check.status]}`}>
        <Why check={check} service={service} flip={flip} failure={failure} />
      </p>
      <AlertLine check={check} />
      <dl className="facts">
        {check.status !== 'paused' && check.next_ping !== null && (
          <Fact name={t(messages.next)}>
            <Countdown to={check.next_ping} />
          </Fact>
        )}
        {(check.status === 'up' || check.status === 'grace') && check.deadline !== null && (
          <Fact name={t(messages.deadline)}>
            <Countdown to={check.deadline} />
          </Fact>
        )}
        {due !== null && check.next_ping === null && (
          <Fact name={t(messages.due)}>
            <Countdown to={new Date(due).toISOString()} />
          </Fact>
        )}
        <Fact name={t(messages.last)}>
          {check.last_ping === null ? t(messages.never) : <Ago at={check.last_ping} />}
        </Fact>
        {check.started_at !== null && (
          <Fact name={t(messages.running)}>
            <Ago at={check.started_at} />
          </Fact>
        )}
        {check.last_duration !== null && (
          <Fact name={t(messages.took)}>
            <Duration seconds={check.last_duration} />
          </Fact>
        )}
        <Fact name={t(messages.pings)}>
          <span className="number">{check.n_pings}</span>
        </Fact>
      </dl>
    </Card>
  );
}

/** When a calendar says that the next run is, in epoch milliseconds; null where there is none. */
function nextDue({ schedule, time_zone: zone, status }: Check): number | null {
  if (schedule === null || zone === null || status === 'paused') return null;
  try {
    return next(parseSchedule(schedule, zone), Date.now());
  } catch (error) {
    // A newer server may know schedules that this page does not.
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}

interface WhyProps extends StateCardProps {
  flip: Flip | undefined;
  failure: Ping | undefined;
}

/** The state in a sentence. */
function Why(props: WhyProps) {
  const { check, flip } = props;
  const t = useT();
  const since = flip?.to === check.status || check.status === 'grace' ? flip?.at : undefined;
  switch (check.status) {
    case 'new':
      return t(check.n_pings === 0 ? messages.isNew : messages.isResumed);
    case 'paused':
      return t(check.manual_resume ? messages.pausedByHand : messages.paused);
    case 'grace':
      return (
        <>
          {t(messages.late)} {check.next_ping !== null && <Ago at={check.next_ping} />}.{' '}
          {t(messages.lateNext)}
        </>
      );
    case 'up':
      return since === undefined ? (
        t(messages.up)
      ) : (
        <>
          {t(messages.upSince)} <Ago at={since} />.
        </>
      );
    case 'down':
      return (
        <>
          {t(messages.downSince)} {check.down_since !== null && <Ago at={check.down_since} />}
          {t(messages.because)} {downReason(props, t)} {t(messages.downNext)}
        </>
      );
  }
}

function downReason({ service, flip, failure }: WhyProps, t: ReturnType<typeof useT>): string {
  if (flip?.to !== 'down' || flip.reason === '') return t(messages.unknown);
  if (flip.reason === 'timeout') return t(messages.timeout);
  if (service !== undefined && service !== null) {
    const reason = service.last_run?.reason ?? null;
    return reason === null ? t(messages.runFailed) : `${t(REASON_WORDS[reason])}.`;
  }
  if (failure === undefined || failure.exitstatus === null) return t(messages.fail);
  return t(messages.exit, { status: failure.exitstatus });
}

const messages = defineMessages({
  title: { en: 'State', fr: 'État' },
  next: { en: 'Next ping expected', fr: 'Prochain ping attendu' },
  due: { en: 'Next run by its schedule', fr: 'Prochaine exécution prévue' },
  deadline: { en: 'Down unless it arrives', fr: 'En panne s’il n’arrive pas' },
  last: { en: 'Last ping', fr: 'Dernier ping' },
  never: { en: 'never', fr: 'jamais' },
  running: { en: 'Running since', fr: 'En cours depuis' },
  took: { en: 'Last run took', fr: 'Durée de la dernière exécution' },
  pings: { en: 'Pings in all', fr: 'Pings au total' },
  isNew: {
    en: 'It waits for its first ping. Until that arrives, nothing is late and nobody is told.',
    fr: 'Il attend son premier ping. Jusque-là, rien n’est en retard et personne n’est prévenu.',
  },
  isResumed: {
    en: 'It waits for its next ping. Until that arrives, nothing is late and nobody is told.',
    fr: 'Il attend son prochain ping. Jusque-là, rien n’est en retard et personne n’est prévenu.',
  },
  paused: {
    en: 'Paused: nothing is late, nobody is told. The next ping resumes it.',
    fr: 'En pause : rien n’est en retard, personne n’est prévenu. Le prochain ping le reprend.',
  },
  pausedByHand: {
    en: 'Paused: nothing is late, nobody is told. Only somebody here resumes it; pings do not.',
    fr: 'En pause : rien n’est en retard, personne n’est prévenu. Il ne reprend qu’ici, pas par un ping.',
  },
  late: { en: 'Late. A ping was expected', fr: 'En retard. Un ping était attendu' },
  lateNext: {
    en: 'It goes down when its grace is over.',
    fr: 'Il passe en panne à la fin du délai.',
  },
  up: { en: 'Up: its pings arrive on time.', fr: 'En marche : ses pings arrivent à l’heure.' },
  upSince: {
    en: 'Up, and its pings arrive on time. It came up',
    fr: 'En marche, et ses pings arrivent à l’heure. Passé en marche',
  },
  downSince: { en: 'It went down', fr: 'Tombé en panne' },
  because: { en: ':', fr: '\u00a0:' },
  timeout: { en: 'no ping arrived in time.', fr: 'aucun ping n’est arrivé à temps.' },
  fail: { en: 'it reported a failure.', fr: 'il a signalé un échec.' },
  runFailed: { en: 'a run of its probe failed.', fr: 'un passage de sa sonde a échoué.' },
  exit: {
    en: 'it ended with exit status {status}.',
    fr: 'il s’est terminé avec le code de sortie {status}.',
  },
  unknown: { en: 'the reason is not kept any more.', fr: 'la raison n’est plus conservée.' },
  downNext: { en: 'A success brings it up.', fr: 'Un succès le remet en marche.' },
});
