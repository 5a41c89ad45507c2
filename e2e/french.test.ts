/** An outage as somebody reads it who has chosen French: no sentence of the server's is English. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import type { Alert, AlertStory, Channel, Check, Page as ListPage, Service } from '@vigie/contract';
import type { Page } from 'playwright-core';
import { until } from '../apps/server/test/support/until.ts';
import type { Browser } from './browser.ts';
import { picture, requireAccessible, requireNoOverflow } from './page-quality.ts';
import { type Workplace, workplace } from './workplace.ts';

/** Milliseconds for a probe of five seconds to count as failed, on a busy machine. */
const SOON = 30_000;

let place: Workplace;
let browser: Browser;

before(async () => {
  place = await workplace();
  browser = await place.signedIn('light');
  const chosen = await browser.context.request.patch(`${place.url}/api/vigie/me`, {
    headers: { Origin: place.url },
    data: { language: 'fr' },
  });
  assert.ok(chosen.ok(), await chosen.text());
});
after(async () => {
  await browser[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

/** Words that hold English sentences together, and no French one. */
const ENGLISH =
  /(?<![\p{L}-])(the|is|was|were|to|of|by|and|with|nobody|channel|try|told|failed)(?![\p{L}-])/iu;

test('Now, the alert, the check, the service, the incident and its channel speak French', async () => {
  const { page, complaints } = browser;
  const channel = await refusingChannel();
  const job = await place.api<Check>('POST', '/checks', {
    name: 'Sauvegarde',
    tags: ['tier1'],
    channels: [channel.id],
  });
  await fetch(`${job.ping_url}/fail`);
  const service = await refusedService(channel);
  const [ofJob, ofService] = [await alertOf(job.id), await alertOf(service.id)];
  assert.match(ofService.summary, /^the connection was refused: "/, 'a key reads English');
  assert.match(ofService.annotations['summary'] ?? '', /^refused: /, 'what receivers get stays');
  await until('the channel was given up', SOON, async () => {
    const { story } = await place.api<AlertStory>('GET', `/alerts/${ofJob.id}/explain`);
    return story.some(({ text }) => text.includes('failed for good'));
  });

  const panne = 'la connexion a été refusée';
  const pages: [path: string, said: RegExp][] = [
    ['', /la tâche a signalé un échec/],
    ['/alerts', new RegExp(panne)],
    [`/alerts/${ofJob.id}`, /CheckDown sur Sauvegarde\s: alerte déclenchée, la tâche a signalé un échec/],
    [`/alerts/${ofService.id}`, new RegExp(`CheckDown sur Muette\\s: alerte déclenchée, ${panne}`)],
    ['/alerts/explain', /Le message part vers Astreinte\s: les canaux du contrôle/],
    [`/checks/${job.id}`, /il a signalé un échec/],
    [`/checks/${service.id}`, /Tombé en panne/],
    [`/services/${service.id}`, new RegExp(panne)],
    [`/incidents/${ofJob.incident}`, /Elle a ouvert l’incident/],
    [`/channels/${channel.id}`, /appeler .* est refusé\s: les adresses/],
  ];
  for (const [path, said] of pages) {
    await page.goto(place.pages + path);
    await page.getByText('Chargement').first().waitFor({ state: 'detached' });
    await page.getByRole('main').getByText(said).first().waitFor();
    assert.doesNotMatch(await sentencesOf(page), ENGLISH, `English on ${path || 'Now'}`);
    await requireAccessible(page, `French ${path}`);
    await picture(page, `french${path.replaceAll('/', '-')}`);
  }
  await page.setViewportSize({ width: 360, height: 640 });
  for (const path of [`/alerts/${ofService.id}`, `/incidents/${ofJob.incident}`]) {
    await page.goto(place.pages + path);
    await page
      .getByText(/alerte déclenchée/)
      .first()
      .waitFor();
    await requireNoOverflow(page, path);
  }
  assert.deepEqual(complaints, []);
});

/** Runs in the page: its text without data, and without what it marks as English. */
const OWN_TEXT = `(() => {
  const copy = document.querySelector('main').cloneNode(true);
  for (const data of copy.querySelectorAll('[lang=en], pre, code, .label-chips, .facts-pair')) data.remove();
  for (const block of copy.querySelectorAll('*')) block.append(' ');
  return copy.textContent;
})()`;

/** What a page says, without what it quotes of others. */
async function sentencesOf(page: Page): Promise<string> {
  return (await page.evaluate<string>(OWN_TEXT)).replace(/«[^»]*»/g, '');
}

/** A channel whose address may not be called. */
async function refusingChannel(): Promise<Channel> {
  const settings = { url_down: 'http://169.254.169.254/', url_up: 'http://169.254.169.254/' };
  return place.api('POST', '/channels', { kind: 'webhook', name: 'Astreinte', settings });
}

/** A service that nobody answers for, once that is known. */
async function refusedService(channel: Channel): Promise<Service> {
  const made = await place.api<Service>('POST', '/services', {
    name: 'Muette',
    kind: 'tcp',
    settings: { host: '127.0.0.1', port: await closedPort() },
    interval: 5,
    timeout: 2,
    failures: 1,
    channels: [channel.id],
  });
  return until('the service is down', SOON, async () => {
    const service = await place.api<Service>('GET', `/services/${made.id}`);
    return service.state === 'unhealthy' ? service : null;
  });
}

/** A port of ours that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function alertOf(check: string): Promise<Alert> {
  const { items } = await place.api<ListPage<Alert>>('GET', `/alerts?check=${check}`);
  const [alert] = items;
  assert.ok(alert !== undefined, 'no alert');
  return alert;
}
