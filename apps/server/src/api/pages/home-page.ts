import { authenticate } from '../../accounts/authenticate.ts';
import { type Identity, isKnown, projectsSeen, type SeenProject } from '../../accounts/identity.ts';
import type { PresentedCheck } from '../../checks/manage.ts';
import type { Status } from '../../checks/model.ts';
import { type CheckSearch, searchChecks, tagsOf } from '../../checks/search.ts';
import { statusAt } from '../../checks/status.ts';
import { AppError } from '../../errors.ts';
import type { Route } from '../route.ts';
import { firstPing } from './first-ping.ts';
import { type Html, html } from './html.ts';
import { redirect, sendPage } from './page.ts';
import type { PageContext } from './page-context.ts';

/** Checks shown of a project, and projects; the API has the rest. */
const CHECKS_SHOWN = 500;
const PROJECTS_SHOWN = 20;
/** What needs somebody comes first. */
const ORDER: readonly Status[] = ['down', 'grace', 'new', 'up', 'paused'];
/** Told by more than the colour. */
const SIGNS: Record<Status, string> = {
  down: '✖ down',
  grace: '▲ late',
  new: '○ new',
  up: '✔ up',
  started: '✔ up',
  paused: '‖ paused',
};

/** What somebody who is signed in sees first: the state of every check. */
export function homePage(context: PageContext): Route {
  const { config, store, clock } = context;

  async function section({ project, grant }: SeenProject): Promise<Html> {
    const search: CheckSearch = {
      projectId: project.id,
      text: '',
      tags: [],
      statuses: [],
      order: 'name',
      descending: false,
      after: null,
      limit: CHECKS_SHOWN,
    };
    const now = clock.now();
    const { checks, next } = await searchChecks(store.db, search, now);
    const hint = grant.may('key.manage') ? firstPing(config().pingEndpoint, project.ping_key) : null;
    const none = html`<p class="empty">No checks yet.</p>${hint}`;
    return html`<section><h2>${project.name}</h2><div class="card">
${checks.length === 0 ? none : table(checks, project.name, now)}
${next === null ? null : html`<p class="hint">The first ${CHECKS_SHOWN} by name.</p>`}
</div></section>`;
  }

  return {
    method: 'GET',
    url: '/',
    access: 'open',
    async handler(request, reply) {
      const identity = await authenticate(context, request.raw).catch(strangerFor);
      if (!isKnown(identity)) return redirect(reply, '/signin');
      const seen = await projectsSeen(store.db, identity);
      const sections: Html[] = [];
      for (const one of seen.slice(0, PROJECTS_SHOWN)) sections.push(await section(one));
      const body = html`${sections}${seen.length === 0 ? html`<p class="empty">You are in no project.</p>` : null}`;
      const site = config().siteName;
      return sendPage(reply, 200, { title: 'Checks', site, body, menu: menuFor(identity) });
    },
  };
}

/** Credentials that are nobody's get the sign-in page, like none. */
function strangerFor(error: unknown): Identity {
  if (error instanceof AppError && error.code === 'unauthenticated') return { kind: 'anonymous', role: null };
  throw error;
}

function menuFor(identity: Identity): Html | null {
  if (identity.kind !== 'session') return null;
  const { name, email } = identity.user;
  return html`<form method="post" action="/signout"><span>${name || email}</span>
<button type="submit">Sign out</button></form>`;
}

function table(checks: PresentedCheck[], project: string, now: number): Html {
  const rows = checks
    .map((check) => ({ check, status: statusAt(check, now) }))
    .sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
  return html`<table aria-label="Checks of ${project}">
<thead><tr><th scope="col">State</th><th scope="col">Check</th><th scope="col">Last ping</th></tr></thead>
<tbody>${rows.map(({ check, status }) => row(check, status))}</tbody></table>`;
}

function row(check: PresentedCheck, status: Status): Html {
  const tags = tagsOf(check).join(' ');
  return html`<tr><td class="status ${status}">${SIGNS[status]}</td>
<td>${check.name || 'unnamed'}${tags === '' ? null : html` <span class="tags">${tags}</span>`}</td>
<td>${check.last_ping === null ? 'never' : time(check.last_ping)}</td></tr>
`;
}

function time(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
