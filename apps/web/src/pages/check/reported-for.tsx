import { Link } from '@tanstack/react-router';
import type { Service } from '@vigie/contract';
import { Card } from '../../components/page.tsx';
import { ServiceMark } from '../../components/service-state.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Says that nobody has to ping this check: the server itself reports for it. */
export function ReportedFor({ service }: { service: Service }) {
  const t = useT();
  return (
    <Card title={t(messages.title)}>
      <p>{t(messages.what)}</p>
      <p className="row">
        <ServiceMark state={service.state} />
        <Link
          to="/projects/$project/services/$service"
          params={{ project: service.project, service: service.id }}
        >
          {t(messages.link)}
        </Link>
      </p>
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Vigie reports for it', fr: 'Vigie rend compte pour lui' },
  what: {
    en: 'This check is a service: the server itself looks at it again and again, and pings in its place.',
    fr: 'Ce contrôle est un service : le serveur lui-même le sonde régulièrement, et pinge à sa place.',
  },
  link: { en: 'To the service', fr: 'Vers le service' },
});
