import type { FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import { reportTexts } from '../../reports/texts/texts.ts';
import { type UnsubscribeState, unsubscribeState } from '../../reports/unsubscribe-link.ts';
import type { Route } from '../route.ts';
import { readForm } from './form.ts';
import { type Html, html } from './html.ts';
import { readable, sendPage } from './page.ts';

type Good = Extract<UnsubscribeState, { is: 'good' }>;

/**
 * Ending a report by the link in its mail: the link is the credential. Opening it changes nothing, as programs
 * that scan mails open every link; mail programs that end it with one press send the form (RFC 8058).
 */
export function unsubscribePages({ config, store, writer, secretKey }: Context): Route[] {
  const stateOf = (token: string): Promise<UnsubscribeState> => unsubscribeState(store.db, secretKey, token);

  const show = (reply: FastifyReply, status: number, title: string, language: string, body: Html) =>
    sendPage(reply, status, { title, site: config().siteName, language, narrow: true, body });

  function offer(reply: FastifyReply, token: string, { whose, project, language }: Good) {
    const { page } = reportTexts(language);
    // Relative to this very page, whatever path a proxy shows it under.
    const body = html`<section class="card"><p>${page.question(project, whose.period)}</p>
<form method="post" action="${token}"><button type="submit">${page.button}</button></form>
<p class="hint">${page.hint}</p></section>`;
    return show(reply, 200, page.title, language, body);
  }

  /** 404 for what we never made; 410 for what was good once. */
  function refuse(reply: FastifyReply, state: Exclude<UnsubscribeState, Good>) {
    const language = state.is === 'gone' ? state.language : 'en';
    const { page } = reportTexts(language);
    if (state.is === 'gone') return show(reply, 410, page.gone, language, said(page.goneText));
    return show(reply, 404, page.forged, language, said(page.forgedText));
  }

  async function end({ whose, email }: Good): Promise<void> {
    const { userId, projectId, period } = whose;
    const changes = [{ projectId, wanted: { [period]: false } }];
    await writer.run('reports.subscribe', { userId, email, changes, actor: `link:${email}` });
  }

  return [
    {
      method: 'GET',
      url: '/unsubscribe/:token',
      access: 'open',
      async handler(request, reply) {
        const token = tokenOf(request.params);
        const state = await stateOf(token);
        return state.is === 'good' ? offer(reply, token, state) : refuse(reply, state);
      },
    },
    {
      method: 'POST',
      url: '/unsubscribe/:token',
      access: 'open',
      async handler(request, reply) {
        const state = await stateOf(tokenOf(request.params));
        if (state.is !== 'good') return refuse(reply, state);
        const { page, language } = reportTexts(state.language);
        try {
          readForm(request, config().baseUrl);
          await end(state);
          const { project, whose } = state;
          const body = html`${said(page.doneText(project, whose.period))}<p class="hint">${page.doneHint}</p>`;
          return show(reply, 200, page.done, language, body);
        } catch (error) {
          const known = readable(reply, error);
          return show(reply, known.status, page.title, language, html`<p role="alert">${known.message}</p>`);
        }
      },
    },
  ];
}

function tokenOf(params: unknown): string {
  return String((params as { token?: unknown }).token ?? '');
}

function said(text: string): Html {
  return html`<p role="status">${text}</p>`;
}
