/** A project with one person of each role and a stranger, each in a browser session of their own. */
import assert from 'node:assert/strict';
import type { InvitationCreated, Member } from '@vigie/contract';
import type { Role } from '@vigie/contract/vocabulary';
import type { BrowserContext, Page } from 'playwright-core';
import { type Browser, complaintsOf, openShared } from './browser.ts';
import { workplace } from './workplace.ts';

/** The one that servers of tests are started with. */
const ADMIN_TOKEN = 'an-admin-token-for-tests-only';
export const PASSWORD = 'correct horse battery';

/** Somebody at their browser. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page. */
  complaints: string[];
}

export interface Team extends AsyncDisposable {
  url: string;
  /** The project's id. */
  project: string;
  /** The address of the project's pages. */
  pages: string;
  /** Somebody new with a role in the project: `<role>@example.org`. */
  enter(role: Role): Promise<Visitor>;
  /** Takes whoever entered with a role out of the project. */
  leave(role: Role): Promise<void>;
  /** A browser of its own in which the instance admin is signed in. */
  admin(scheme: 'light' | 'dark'): Promise<Browser>;
  /** Somebody with an account and no project. */
  stranger(): Promise<Visitor>;
  /** Somebody without an account. */
  anybody(): Promise<Visitor>;
}

/** Starts a server with one project, and a browser. */
export async function team(): Promise<Team> {
  const place = await workplace();
  const browser = await openShared();
  const { url, pages } = place;
  const project = pages.slice(pages.lastIndexOf('/') + 1);
  const people = `${url}/api/vigie/projects/${project}`;

  const anybody = async (): Promise<Visitor> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    return { page, context, complaints: complaintsOf(page, url) };
  };
  const invited = async (name: string, role: Role): Promise<Visitor> => {
    const visitor = await anybody();
    const { request } = visitor.context;
    const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` };
    const data = { email: `${name}@example.org`, role };
    const invitation = await request.post(`${people}/invitations`, { headers, data });
    assert.equal(invitation.status(), 201, await invitation.text());
    const { url: link } = (await invitation.json()) as InvitationCreated;
    const token = new URL(link).searchParams.get('token');
    const accepted = await request.post(`${url}/api/vigie/invitation`, {
      data: { token, name, password: PASSWORD },
    });
    assert.ok(accepted.ok(), await accepted.text());
    return visitor;
  };
  const removed = async (name: string): Promise<void> => {
    const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` };
    const list = await fetch(`${people}/members`, { headers });
    const { items } = (await list.json()) as { items: Member[] };
    const member = items.find(({ email }) => email === `${name}@example.org`);
    const answer = await fetch(`${people}/members/${member?.id}`, { method: 'DELETE', headers });
    assert.equal(answer.status, 204, await answer.text());
  };
  return {
    url,
    project,
    pages,
    anybody,
    admin: place.signedIn,
    enter: (role) => invited(role, role),
    leave: (role) => removed(role),
    async stranger() {
      const visitor = await invited('stranger', 'readonly');
      await removed('stranger');
      return visitor;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await place[Symbol.asyncDispose]();
    },
  };
}
