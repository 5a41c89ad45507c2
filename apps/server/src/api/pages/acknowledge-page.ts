import type { FastifyReply } from 'fastify';
import { actorText } from '../../accounts/actor-text.ts';
import { type AckLinkState, ackLinkState, type LinkedAlert } from '../../alerts/ack-link.ts';
import type { Context } from '../../context.ts';
import type { AppError } from '../../errors.ts';
import { durationText, instantText, textsIn } from '../../notify/texts/texts.ts';
import type { Route } from '../route.ts';
import { readForm } from './form.ts';
import { type Html, html } from './html.ts';
import { readable, sendPage } from './page.ts';

const en = textsIn('en');

/**
 * Acknowledging an alert by the link in its message: the link is the credential. Opening it changes nothing, as
 * programs that scan mails open every link.
 */
export function acknowledgePages(context: Context): Route[] {
  const { config, store, writer, clock, secretKey } = context;

  const show = (reply: FastifyReply, status: number, title: string, body: Html) =>
    sendPage(reply, status, { title, site: config().siteName, narrow: true, body });

  const stateOf = (token: string): Promise<AckLinkState> =>
    ackLinkState(store.db, secretKey, token, clock.now());

  function offer(reply: FastifyReply, token: string, alert: LinkedAlert) {
    // Relative to this very page, whatever path a proxy shows it under.
    const button = html`<form method="post" action="${token}"><button type="submit">Acknowledge</button></form>
<p class="hint">This tells the others that somebody is at it. Nothing is silenced.</p>`;
    return show(reply, 200, 'Acknowledge this alert?', factsOf(alert, clock.now(), button));
  }

  function refuse(reply: FastifyReply, state: Exclude<AckLinkState, { is: 'good' }>) {
    const { status, title, text } = refusalOf(state);
    const facts = 'alert' in state ? factsOf(state.alert, clock.now()) : null;
    return show(reply, status, title, html`<p role="status">${text}</p>${facts}`);
  }

  return [
    {
      method: 'GET',
      url: '/ack/:token',
      access: 'open',
      async handler(request, reply) {
        const token = tokenOf(request.params);
        const state = await stateOf(token);
        return state.is === 'good' ? offer(reply, token, state.alert) : refuse(reply, state);
      },
    },
    {
      method: 'POST',
      url: '/ack/:token',
      access: 'open',
      async handler(request, reply) {
        const token = tokenOf(request.params);
        try {
          readForm(request, config().baseUrl);
          const state = await stateOf(token);
          if (state.is !== 'good') return refuse(reply, state);
          const { alert } = state;
          const actor = `link:${alert.channelName}`;
          const { projectId, id: alertId } = alert;
          const done = await writer.run('alerts.acknowledge', { projectId, alertId, actor, comment: '' });
          if (!done.isNew) return refuse(reply, { is: 'acknowledged', alert, ...done });
          const said = html`<p role="status">It is yours: acknowledged by ${actorText(actor)}.</p>`;
          return show(reply, 200, 'Acknowledged', html`${said}${factsOf(alert, clock.now())}`);
        } catch (error) {
          // It was resolved or deleted while the button was pressed: the page says so.
          const state = await stateOf(token);
          if (state.is !== 'good') return refuse(reply, state);
          const known = readable(reply, error);
          return show(reply, known.status, 'Not acknowledged', html`<p role="alert">${sentence(known)}</p>`);
        }
      },
    },
  ];
}

function tokenOf(params: unknown): string {
  return String((params as { token?: unknown }).token ?? '');
}

function sentence({ message }: AppError): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

function factsOf(
  { name, about, startsAt, drill }: LinkedAlert,
  now: number,
  below: Html | null = null,
): Html {
  const since = `${instantText(startsAt)} (${durationText(en, now - startsAt)} ago)`;
  return html`<section class="card">
${drill ? html`<p><strong>This is a drill: nothing is wrong.</strong></p>` : null}<dl>
<dt>Alert</dt><dd>${name}</dd>
${about === '' ? null : html`<dt>About</dt><dd>${about}</dd>`}
<dt>Since</dt><dd>${since}</dd>
</dl>${below}</section>`;
}

interface Refusal {
  status: number;
  title: string;
  text: string;
}

/** 404 for what we never made; 410 for what was good once. */
function refusalOf(state: Exclude<AckLinkState, { is: 'good' }>): Refusal {
  switch (state.is) {
    case 'forged':
      return {
        status: 404,
        title: 'No such link',
        text: 'This link is not one of ours, or a part of it is missing. Copy it whole from the message.',
      };
    case 'gone':
      return {
        status: 410,
        title: 'Nothing here any more',
        text: 'The alert of this link, or the channel that it was sent to, was deleted.',
      };
    case 'expired':
      return {
        status: 410,
        title: 'This link ran out',
        text: 'It is older than 7 days. The alert still fires: sign in to acknowledge it.',
      };
    case 'resolved':
      return {
        status: 410,
        title: 'It is over',
        text: `The alert was resolved at ${instantText(state.at)}: there is nothing to acknowledge.`,
      };
    case 'acknowledged':
      return {
        status: 410,
        title: 'Already acknowledged',
        text: `It was acknowledged at ${instantText(state.at)} by ${actorText(state.by)}.`,
      };
  }
}
