/** One check in a real browser: made from a crontab line, watched as it goes up and down, edited by two people. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { Check } from '@vigie/contract';
import { picture, requireAccessible, requireNoOverflow } from './page-quality.ts';
import { type Workplace, workplace } from './workplace.ts';

let place: Workplace;

before(async () => {
  place = await workplace();
});

after(() => place[Symbol.asyncDispose]());

test('a crontab line becomes a check that turns green with its first ping', async () => {
  await using browser = await place.signedIn('light');
  const { page, complaints } = browser;
  await page.goto(`${place.pages}/checks/new`);
  const field = page.getByLabel('A line of your crontab, a URL, or a name');

  await field.fill('61 3 * * * true');
  await page.getByText('minute: 61 is outside 0 to 59').waitFor();
  await field.fill('https://shop.example/health');
  await page.getByText('does not yet call URLs by itself').waitFor();
  await requireAccessible(page, 'a URL');
  await field.fill(
    'CRON_TZ=Europe/Paris\n*/10 3 * * 1-5 root /usr/local/bin/night-backup.sh --all > /dev/null',
  );
  await page.getByText('Every 10 minutes from 03:00 to 03:50, Monday to Friday (Europe/Paris)').waitFor();
  assert.equal(
    await page.getByRole('textbox', { name: 'Name', exact: true }).first().inputValue(),
    'night-backup',
  );
  await requireAccessible(page, 'a line');
  await picture(page, 'first-check');
  await field.press('Enter');

  await page.getByRole('heading', { name: 'It waits for the first ping' }).waitFor();
  await requireAccessible(page, 'waiting');
  await picture(page, 'first-ping');
  const waiting = page.getByRole('region', { name: 'It waits for the first ping' });
  const line = await waiting.getByText(/; curl -fsS /).innerText();
  assert.match(
    line,
    /^\*\/10 3 \* \* 1-5 root \/usr\/local\/bin\/night-backup\.sh --all > \/dev\/null; curl -fsS .+\/\$\?$/,
  );
  execFileSync('sh', ['-c', line.slice(line.indexOf('curl'))]);
  await page.getByRole('heading', { name: 'The first ping has arrived' }).waitFor();
  await page.getByRole('link', { name: 'Add a channel' }).waitFor();
  await page.getByText('up', { exact: true }).first().waitFor();
  await requireAccessible(page, 'arrived');
  await picture(page, 'first-ping-arrived');
  assert.deepEqual(complaints, []);
});

test('the page follows a check as it goes down, says why, and shows what was sent', async () => {
  const [check, other] = [
    await place.api<Check>('POST', '/checks', { name: 'Short', timeout: 5, grace: 5 }),
    await place.api<Check>('POST', '/checks', {
      name: 'Job',
      tags: ['night'],
      policies: { no_overlap: true },
    }),
  ];
  await using browser = await place.signedIn('dark');
  const { page, complaints } = browser;
  await fetch(`${check.ping_url}`);
  await page.goto(`${place.url}/checks/${check.id}/details`);
  await page.getByRole('heading', { name: 'Short' }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/projects/${check.project}/checks/${check.id}`);
  await page.getByText('Late. A ping was expected').waitFor({ timeout: 8_000 });
  await page.getByText('no ping arrived in time').first().waitFor({ timeout: 8_000 });

  await fetch(`${other.ping_url}/start`);
  await fetch(`${other.ping_url}/3`, { method: 'POST', body: 'disk <b>full</b>\nsecond line' });
  await page.goto(`${place.pages}/checks/${other.id}`);
  await page.getByText('it ended with exit status 3').waitFor();
  await page.getByRole('slider', { name: /^Runs/ }).waitFor();
  await page.getByText('It is down').waitFor();
  await requireAccessible(page, 'down');
  await picture(page, 'check-down');

  await page.getByRole('link', { name: 'Failure #2' }).click();
  await page.getByText('disk <b>full</b>').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('ping'), '2');
  await requireAccessible(page, 'a ping');
  await picture(page, 'check-ping');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Changes', exact: true }).click();
  await page.getByRole('link', { name: 'Failure #2' }).waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).searchParams.get('kind'), 'flip');
  const chosen = page.getByRole('navigation', { name: 'What the time line shows' }).locator('[aria-current]');
  assert.deepEqual(await chosen.allInnerTexts(), ['Changes']);
  await page.getByRole('link', { name: 'Python', exact: true }).click();
  await page.getByText('import urllib.request').first().waitFor();
  await page.reload();
  await page.getByText('import urllib.request').first().waitFor();
  await fetch(`${other.ping_url}`);
  await page.getByText('It is up').waitFor();

  for (let n = 0; n < 32; n++) await fetch(`${other.ping_url}/log`);
  await page.getByRole('link', { name: 'Pings', exact: true }).click();
  await page.getByRole('link', { name: /#35$/ }).waitFor();
  await page.getByRole('button', { name: 'Show older ones' }).click();
  await page.getByRole('link', { name: 'Failure #2' }).waitFor();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/timeline')) asked.push(new URL(request.url()).search);
  });
  await fetch(`${other.ping_url}/log`);
  await page.getByRole('link', { name: /#36$/ }).waitFor();
  assert.ok(await page.getByRole('link', { name: 'Failure #2' }).isVisible());
  assert.deepEqual([...new Set(asked)], ['?kind=ping&limit=30']);
  await page.getByRole('link', { name: 'Changes', exact: true }).click();

  await page.getByRole('button', { name: 'More about Job' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
  await requireAccessible(page, 'the menu');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'This check is deleted' }).first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { name: 'Job' }).waitFor();
  await page.getByText('It is down').waitFor();
  assert.deepEqual(complaints, []);
});

test('two people edit a check: the second sees the first one’s change, and keeps what she wrote', async () => {
  const check = await place.api<Check>('POST', '/checks', { name: 'Shared', timeout: 3600 });
  const address = `${place.pages}/checks/${check.id}/edit`;
  await using first = await place.signedIn('light');
  await using second = await place.signedIn('light');
  await Promise.all([first.page.goto(address), second.page.goto(address)]);
  await second.page.getByLabel('Description').fill('Call the owner');
  await second.page.getByLabel('Name', { exact: true }).fill('Mine');
  await first.page.getByLabel('Name', { exact: true }).fill('Theirs');
  await first.page.getByRole('button', { name: 'Save' }).click();
  await first.page.getByRole('heading', { name: 'Theirs' }).waitFor();

  await second.page.getByRole('button', { name: 'Save' }).click();
  const notice = second.page.getByRole('alert', { name: 'Somebody changed this check meanwhile' });
  await notice.getByRole('row', { name: 'Name Shared Theirs Mine' }).waitFor();
  assert.equal(await second.page.getByLabel('Description').inputValue(), 'Call the owner');
  await requireAccessible(second.page, 'a conflict');
  await picture(second.page, 'check-conflict');
  await second.page.getByRole('button', { name: 'Save my version' }).click();
  await second.page.getByRole('heading', { name: 'Mine' }).waitFor();
  const saved = await place.api<Check>('GET', `/checks/${check.id}`);
  assert.deepEqual([saved.name, saved.description, saved.revision], ['Mine', 'Call the owner', 3]);
  assert.deepEqual(first.complaints, []);
  assert.equal(second.complaints.length, 1);
  assert.match(second.complaints[0] ?? '', /409/);
});

test('a check is read and edited in French, on a phone, with the keyboard alone', async () => {
  const check = await place.api<Check>('POST', '/checks', {
    name: 'Sauvegarde',
    slug: 'sauvegarde',
    schedule: '0 3 * * *',
    time_zone: 'Europe/Paris',
  });
  for (const suffix of ['/start', '', '/start', '/1']) await fetch(`${check.ping_url}${suffix}`);
  await using browser = await place.signedIn('dark');
  const { page, complaints } = browser;
  await page.setViewportSize({ width: 360, height: 640 });
  const french = await browser.context.request.patch(`${place.url}/api/vigie/me`, {
    headers: { Origin: place.url },
    data: { language: 'fr' },
  });
  assert.ok(french.ok(), await french.text());
  await page.goto(`${place.pages}/checks/${check.id}`);
  await page.getByText('il s’est terminé avec le code de sortie 1').waitFor();
  const runs = page.getByRole('slider', { name: /^Exécutions/ });
  await runs.focus();
  await page.keyboard.press('ArrowLeft');
  assert.match((await runs.getAttribute('aria-valuetext')) ?? '', /succès/);
  await requireAccessible(page, 'check, phone');
  await requireNoOverflow(page, 'the check');
  await picture(page, 'check-360');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Ping nº 2' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.keyboard.press('e');
  const expression = page.getByLabel('Expression');
  await expression.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('*/15 * * * * *');
  await page.getByText(/^(Illisible|Ce n’est pas une expression cron)/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Enregistrer' }).getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.getByText('Toutes les 15 minutes').waitFor();
  await requireAccessible(page, 'editor, phone');
  await requireNoOverflow(page, 'the editor');
  await picture(page, 'check-editor-360');
  await page.getByRole('link', { name: 'Annuler' }).focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Partir sans enregistrer ?' });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await expression.focus();
  await page.keyboard.press('Enter');
  await page.getByText('*/15 * * * *').waitFor();
  const saved = await place.api<Check>('GET', `/checks/${check.id}`);
  assert.equal(saved.schedule, '*/15 * * * *');
  assert.deepEqual(complaints, []);
});
