import { useSearch } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { ChoiceLinks } from '../../components/choice-links.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { PING_WAYS } from './search.ts';
import { snippetsFor } from './snippets.ts';

/** How the check is pinged, ready to be copied. */
export function HowToPing({ check }: { check: Check }) {
  const t = useT();
  const { way = 'bash' } = useSearch({ strict: false });
  const { ping_url: url, ping_email: email } = check;
  if (url === null || email === null) {
    return (
      <Card title={t(messages.title)}>
        <p className="soft">{t(messages.hidden)}</p>
      </Card>
    );
  }
  const choices = PING_WAYS.map((one) => ({
    label: t(messages[one]),
    search: { way: one === 'bash' ? undefined : one },
    current: one === way,
  }));
  return (
    <Card title={t(messages.title)}>
      <ChoiceLinks label={t(messages.ways)} choices={choices} />
      {way === 'mail' && <p>{t(messages.mailHint)}</p>}
      {snippetsFor(way, { url, email }).map(({ use, text }) => (
        <div key={use} className="stack-tight">
          <h3 className="small">{t(messages[use])}</h3>
          <Copyable text={text} label={t(messages[use])} />
        </div>
      ))}
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'How to ping it', fr: 'Comment le pinger' },
  ways: { en: 'Ways to ping', fr: 'Façons de pinger' },
  hidden: {
    en: 'Its ping URL is shown to those who may change checks: whoever has it can ping.',
    fr: 'Son URL de ping n’est montrée qu’à ceux qui peuvent modifier les contrôles : quiconque l’a peut pinger.',
  },
  bash: { en: 'Bash', fr: 'Bash' },
  cron: { en: 'Cron', fr: 'Cron' },
  python: { en: 'Python', fr: 'Python' },
  node: { en: 'Node', fr: 'Node' },
  powershell: { en: 'PowerShell', fr: 'PowerShell' },
  mail: { en: 'E-mail', fr: 'Courriel' },
  success: { en: 'It succeeded', fr: 'Elle a réussi' },
  startFail: { en: 'Success or failure', fr: 'Succès ou échec' },
  exit: { en: 'With its exit status', fr: 'Avec son code de sortie' },
  log: { en: 'With its output', fr: 'Avec sa sortie' },
  start: { en: 'With start and exit status', fr: 'Avec début et code de sortie' },
  fail: { en: 'It failed', fr: 'Elle a échoué' },
  line: { en: 'A line of the crontab', fr: 'Une ligne de crontab' },
  address: { en: 'Address', fr: 'Adresse' },
  mailHint: {
    en: 'Any mail to this address is a success, unless the words set for this check say otherwise.',
    fr: 'Tout courriel à cette adresse est un succès, sauf si les mots réglés pour ce contrôle disent le contraire.',
  },
});
