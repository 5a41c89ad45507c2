/** A report in words, the same for every form of a mail. */
import { durationText, textsIn } from '../notify/texts/texts.ts';
import { type CheckFigures, type Listed, type ReportedCheck, type Sums, uptimeOf } from './figures.ts';
import type { Report } from './read-report.ts';
import { dateText, daysBetween, percentText } from './texts/numbers.ts';
import type { Change, ReportTexts } from './texts/texts.ts';

/** A number of the whole, and how it changed. */
export interface Tile {
  label: string;
  value: string;
  /** Empty where there is nothing to compare with. */
  change: string;
  tone: 'good' | 'bad' | 'plain';
}

export interface Line {
  name: string;
  /** Its environment, where there are several; else empty. */
  note: string;
  /** Its page; null = it has none. */
  url: string | null;
  /** As many as the table has columns; empty where nothing is known. */
  cells: string[];
}

export interface Table {
  title: string;
  hint: string;
  /** Empty where the cells speak for themselves. */
  columns: string[];
  lines: Line[];
  /** How many lines are left out; empty = none. */
  more: string;
}

export interface ReportView {
  language: ReportTexts['language'];
  /** Between a label and what it names. */
  colon: string;
  subject: string;
  title: string;
  days: string;
  /** What is down now; null = nothing is. */
  alarm: Table | null;
  calm: string;
  tiles: Tile[];
  against: string;
  tables: Table[];
  notes: string[];
  footer: string;
  dashboard: { label: string; url: string };
  unsubscribe: { label: string; url: string };
}

export interface ViewOptions {
  texts: ReportTexts;
  siteName: string;
  /** No trailing slash. */
  baseUrl: string;
  unsubscribeUrl: string;
  /** Epoch ms. */
  now: number;
}

export function viewOf(report: Report, options: ViewOptions): ReportView {
  const { texts, siteName, baseUrl } = options;
  const { downNow, total, unwatched } = report;
  const project = oneLine(report.project);
  const about = `${project}, ${aboutText(report, texts)}`;
  const essence = [
    texts.outages(total.outages),
    uptimeOf(total) === null ? texts.noData : texts.uptime(uptimeText(total, texts)),
    ...(downNow.count === 0 ? [] : [texts.downNow(downNow.count)]),
  ];
  return {
    language: texts.language,
    colon: texts.colon,
    subject: `${oneLine(siteName)}${texts.colon}${essence.join(', ')} - ${about}`,
    title: about,
    days: daysText(report, texts),
    alarm: downNow.count === 0 ? null : downTable(report, options),
    calm: texts.nothingDown,
    tiles: tilesOf(report, texts),
    against: report.before === null ? texts.nothingBefore : texts.against[report.period],
    tables: tablesOf(report, options),
    notes: unwatched === 0 ? [] : [texts.unwatched(length(unwatched, texts))],
    footer: texts.footer(siteName, project, report.period),
    dashboard: { label: texts.dashboard, url: `${baseUrl}/` },
    unsubscribe: { label: texts.unsubscribe, url: options.unsubscribeUrl },
  };
}

/** A name without control characters and line ends: they have no place in a subject, nor in a list. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function aboutText({ period, range, zone }: Report, texts: ReportTexts): string {
  const form = period === 'daily' ? 'weekday' : period === 'weekly' ? 'day' : 'month';
  return texts.about[period](dateText(texts.language, zone, range.from, form));
}

function daysText({ range, zone }: Report, texts: ReportTexts): string {
  return `${daysBetween(texts.language, zone, range.from, range.until - 1)}, ${texts.zone(zone)}`;
}

function uptimeText(sums: Sums, texts: ReportTexts): string {
  const uptime = uptimeOf(sums);
  return uptime === null ? texts.noData : percentText(texts.language, uptime);
}

function length(duration: number, texts: ReportTexts): string {
  return durationText(textsIn(texts.language), duration);
}

function tilesOf({ total, before }: Report, texts: ReportTexts): Tile[] {
  const { label, change } = texts;
  const uptime = uptimeText(total, texts);
  const tiles = [
    { label: label.uptime, value: uptime },
    { label: label.outages, value: String(total.outages) },
    { label: label.down, value: length(total.down, texts) },
  ];
  if (before === null) return tiles.map((tile) => ({ ...tile, change: '', tone: 'plain' as const }));
  const past = uptimeText(before, texts);
  const ways: Change[] = [
    past === uptime ? 'same' : changeOf(uptimeOf(total) ?? 0, uptimeOf(before) ?? 0),
    changeOf(total.outages, before.outages),
    length(total.down, texts) === length(before.down, texts) ? 'same' : changeOf(total.down, before.down),
  ];
  const words = [
    change.uptime[ways[0] ?? 'same'](past),
    change.outages[ways[1] ?? 'same'](String(Math.abs(total.outages - before.outages))),
    change.down[ways[2] ?? 'same'](length(Math.abs(total.down - before.down), texts)),
  ];
  return tiles.map((tile, i) => ({ ...tile, change: words[i] ?? '', tone: toneOf(ways[i], i === 0) }));
}

function changeOf(now: number, before: number): Change {
  return now === before ? 'same' : now > before ? 'more' : 'less';
}

function toneOf(way: Change | undefined, moreIsBetter: boolean): Tile['tone'] {
  if (way === 'same' || way === undefined) return 'plain';
  return (way === 'more') === moreIsBetter ? 'good' : 'bad';
}

function downTable(report: Report, { texts, baseUrl, now }: ViewOptions): Table {
  const { downNow } = report;
  return {
    title: `${texts.title.downNow}${texts.colon}${downNow.count}`,
    hint: '',
    columns: [''],
    lines: downNow.items.map(({ check, since }) => ({
      ...named(check, report, baseUrl, texts),
      cells: [since === null ? '' : texts.downFor(length(now - since, texts))],
    })),
    more: moreText(downNow, texts),
  };
}

function tablesOf(report: Report, { texts, baseUrl }: ViewOptions): Table[] {
  const { title, label } = texts;
  const line = (check: ReportedCheck, cells: string[]): Line => ({
    ...named(check, report, baseUrl, texts),
    cells,
  });
  const { failed, environments, noisiest, silent } = report;
  const several = environments.length > 1 ? environments : [];
  const tables: Table[] = [
    {
      title: title.failed,
      hint: failed.count === 0 ? texts.noOutages : '',
      columns: [label.uptime, label.outages, label.down, label.longest],
      lines: failed.items.map((one) => line(one.check, failureCells(one, texts))),
      more: moreText(failed, texts),
    },
    {
      title: title.environments,
      hint: '',
      columns: [label.checks, label.uptime, label.outages, label.down],
      lines: several.map(({ name, checks, sums }) => ({
        ...{ name: oneLine(name) || '-', note: '', url: null },
        cells: [String(checks), uptimeText(sums, texts), String(sums.outages), length(sums.down, texts)],
      })),
      more: '',
    },
    {
      title: title.noisiest,
      hint: '',
      columns: [label.messages],
      lines: noisiest.map(({ check, messages }) => line(check, [String(messages)])),
      more: '',
    },
    {
      title: `${title.silent}${texts.colon}${silent.count}`,
      hint: texts.silentHint,
      columns: [],
      lines: silent.items.map((check) => line(check, [])),
      more: moreText(silent, texts),
    },
  ];
  // That nothing went down is said; what else there is nothing of is left out.
  return tables.filter(({ lines }, i) => i === 0 || lines.length > 0);
}

function failureCells(one: CheckFigures, texts: ReportTexts): string[] {
  return [uptimeText(one, texts), String(one.outages), length(one.down, texts), length(one.longest, texts)];
}

function named(
  { name, environment, uniqueKey }: ReportedCheck,
  { environments }: Report,
  baseUrl: string,
  { language }: ReportTexts,
): Pick<Line, 'name' | 'note' | 'url'> {
  return {
    name: oneLine(name) || textsIn(language).unnamed,
    note: environments.length > 1 ? oneLine(environment) : '',
    url: `${baseUrl}/cloaked/${uniqueKey}/`,
  };
}

function moreText({ count, items }: Listed<unknown>, texts: ReportTexts): string {
  return count > items.length ? texts.more(count - items.length) : '';
}
