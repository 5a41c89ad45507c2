import { type NotificationData, type NotifiedAlert, notificationData } from '../alertmanager/data.ts';
import type { GoStruct } from '../values/value.ts';
import { type ObservedCase, readFixture } from './fixture.ts';

type ObservedAlert = Omit<NotifiedAlert, 'startsAt' | 'endsAt'> & {
  readonly startsAt: string;
  readonly endsAt: string;
};

/** What Alertmanager made of templates, and the notification that it gave them. */
export interface ObservedAlertmanager {
  readonly data: Omit<NotificationData, 'alerts'> & { readonly alerts: readonly ObservedAlert[] };
  readonly cases: readonly (ObservedCase & { readonly html?: boolean })[];
}

export function observedAlertmanager(): ObservedAlertmanager {
  return JSON.parse(readFixture('alertmanager.json'));
}

/** The notification of the fixture as templates see it. */
export function observedNotification({ data }: ObservedAlertmanager): GoStruct {
  const alerts = data.alerts.map(({ startsAt, endsAt, ...alert }) => {
    const started = { ...alert, startsAt: Date.parse(startsAt) };
    return endsAt.startsWith('0001') ? started : { ...started, endsAt: Date.parse(endsAt) };
  });
  return notificationData({ ...data, alerts });
}
