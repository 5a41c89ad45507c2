import './account.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReportPeriod, ReportSubscriptions } from '@vigie/contract';
import { useState } from 'react';
import { call, urlOf } from '../../api/client.ts';
import { useIdentity } from '../../api/session.ts';
import { CheckField } from '../../components/field.tsx';
import { NoMail } from '../../components/no-mail.tsx';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { AccountPage } from './account-page.tsx';

const PERIODS: readonly ReportPeriod[] = ['daily', 'weekly', 'monthly'];
const KEY = ['reports'];

/** Which mails come about which project. */
export function ReportsPage() {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const { projects } = useIdentity();
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call<ReportSubscriptions>('GET', '/me/reports', { signal }),
  });
  /** What is chosen and not yet answered. */
  const [choices, setChoices] = useState<Readonly<Record<string, boolean>>>({});
  const choose = async (project: string, period: ReportPeriod, wanted: boolean): Promise<void> => {
    const choice = `${project} ${period}`;
    setChoices((before) => ({ ...before, [choice]: wanted }));
    try {
      const body = { items: [{ project, [period]: wanted }] };
      client.setQueryData(KEY, await call<ReportSubscriptions>('PATCH', '/me/reports', { body }));
    } catch (failure) {
      toasts.fail(failure);
    }
    setChoices(({ [choice]: _, ...others }) => others);
  };
  return (
    <AccountPage>
      <p className="soft">{t(messages.what)}</p>
      <NoMail />
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton />}
      {data?.items.map((item) => (
        <Card key={item.project} title={projects.find(({ id }) => id === item.project)?.name ?? item.project}>
          {PERIODS.map((period) => (
            <div key={period} className="report-choice">
              <CheckField
                label={t(messages[period])}
                hint={t(messages[`${period}Hint`])}
                checked={choices[`${item.project} ${period}`] ?? item[period]}
                onChange={(event) => void choose(item.project, period, event.target.checked)}
              />
              <a
                href={urlOf('/reports/preview', { project: item.project, period, format: 'html' })}
                target="_blank"
                rel="noreferrer"
              >
                {t(messages.preview)}
                <span className="unseen">: {t(messages[period])}</span>
              </a>
            </div>
          ))}
        </Card>
      ))}
    </AccountPage>
  );
}

const messages = defineMessages({
  what: {
    en: 'Mails with the uptime, what failed and what was noisy. They come at 8:00 in your time zone, in your language.',
    fr: 'Des courriels avec la disponibilité, les pannes et ce qui a fait du bruit. Ils arrivent à 8 h dans votre fuseau, dans votre langue.',
  },
  daily: { en: 'Daily digest', fr: 'Résumé quotidien' },
  dailyHint: {
    en: 'Each morning after a day on which something failed.',
    fr: 'Chaque matin après un jour avec une panne.',
  },
  weekly: { en: 'Weekly report', fr: 'Rapport hebdomadaire' },
  weeklyHint: { en: 'On Mondays.', fr: 'Le lundi.' },
  monthly: { en: 'Monthly report', fr: 'Rapport mensuel' },
  monthlyHint: { en: 'On the first of the month.', fr: 'Le premier du mois.' },
  preview: { en: 'Preview', fr: 'Aperçu' },
});
