import './first-ping.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { channelsQuery } from '../../api/check-queries.ts';
import { buttonClass } from '../../components/button.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { Icon } from '../../components/icon.tsx';
import { curlCommand, withPing } from '../../components/ping-command.ts';
import { StateShape } from '../../components/status.tsx';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { useCrontabLine } from './crontab-state.ts';

/** What a new check needs: its first ping, which is seen as it arrives, and then somebody to tell. */
export function FirstPing({ check }: { check: Check }) {
  const t = useT();
  const line = useCrontabLine();
  const { ping_url: url, n_pings: pings } = check;
  if (pings > 0) return <Arrived check={check} />;
  if (url === null) return null;
  const command = line === null ? curlCommand(url) : withPing(line, url);
  return (
    <section className="first-ping" aria-label={t(messages.title)}>
      <div role="status">
        <h2 className="row">
          <span className="first-ping-wait">
            <StateShape look="pending" size={20} />
          </span>
          {t(messages.title)}
        </h2>
      </div>
      <p>{t(line === null ? messages.run : messages.replace)}</p>
      <Copyable text={command} label={t(line === null ? messages.command : messages.line)} />
      <p className="soft small">{t(messages.live)}</p>
    </section>
  );
}

function Arrived({ check }: { check: Check }) {
  const t = useT();
  const project = useProject();
  const { data } = useQuery(channelsQuery(project.id));
  const isFailure = check.status === 'down';
  return (
    <section
      className={`first-ping first-ping-${isFailure ? 'bad' : 'good'}`}
      aria-label={t(messages.arrived)}
    >
      <div role="status">
        <h2 className="row">
          <StateShape look={isFailure ? 'down' : 'up'} size={20} />
          {t(isFailure ? messages.failed : messages.arrived)}
          <span className="soft small">{check.last_ping !== null && <Ago at={check.last_ping} />}</span>
        </h2>
      </div>
      {data?.items.length === 0 && (
        <>
          <p>{t(messages.noChannel)}</p>
          <div>
            <Link
              to="/projects/$project/channels/new/{-$kind}"
              params={{ project: project.id }}
              className={buttonClass('primary')}
            >
              <Icon name="channels" />
              {t(messages.addChannel)}
            </Link>
          </div>
        </>
      )}
      {data !== undefined && data.items.length > 0 && (
        <p>{t(messages.channels, { count: data.items.length })}</p>
      )}
    </section>
  );
}

const messages = defineMessages({
  title: { en: 'It waits for the first ping', fr: 'Il attend le premier ping' },
  run: {
    en: 'Run this once, or let your job run it when it is done:',
    fr: 'Lancez ceci une fois, ou faites-le lancer par votre tâche à la fin :',
  },
  replace: {
    en: 'Put this line into your crontab in place of the old one:',
    fr: 'Mettez cette ligne dans votre crontab à la place de l’ancienne :',
  },
  command: { en: 'Command', fr: 'Commande' },
  line: { en: 'Crontab line', fr: 'Ligne de crontab' },
  live: {
    en: 'This page turns green by itself when it arrives.',
    fr: 'Cette page passe au vert d’elle-même à son arrivée.',
  },
  arrived: { en: 'The first ping has arrived', fr: 'Le premier ping est arrivé' },
  failed: { en: 'A ping has arrived: it reports a failure', fr: 'Un ping est arrivé : il signale un échec' },
  noChannel: {
    en: 'If it fails or is late, nobody would be told yet: the project has no channel.',
    fr: 'S’il échoue ou tarde, personne ne serait encore prévenu : le projet n’a pas de canal.',
  },
  addChannel: { en: 'Add a channel', fr: 'Ajouter un canal' },
  channels: {
    en: 'The project has {count, plural, one {# channel} other {# channels}}: if it fails or is late, somebody is told.',
    fr: 'Le projet a {count, plural, one {# canal} other {# canaux}} : s’il échoue ou tarde, quelqu’un est prévenu.',
  },
});
