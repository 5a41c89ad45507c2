import { Html, html } from '../html.ts';
import { SHEET, STYLE } from './html-style.ts';
import type { Line, ReportView, Table, Tile } from './view.ts';

/** A report as HTML: no pictures, no scripts, nothing fetched. */
export function reportHtml(view: ReportView): string {
  const { text } = html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${view.subject}</title>
<style>${new Html(SHEET)}</style>
</head>
<body style="${STYLE.body}">
<div class="frame" style="${STYLE.frame}">
<div style="${STYLE.column}">
<h1 style="${STYLE.title}">${view.title}</h1>
<p class="soft" style="${STYLE.days}">${view.days}</p>
${view.alarm === null ? html`<p class="good" style="${STYLE.calm}">${view.calm}</p>` : alarmBox(view.alarm)}
${tileRow(view.tiles)}
<p class="soft" style="${STYLE.against}">${view.against}</p>
${view.tables.map(section)}
${view.notes.map((note) => html`<p class="soft" style="${STYLE.note}">${note}</p>`)}
<p class="soft line" style="${STYLE.footer}">${view.footer}<br>
${link(view.unsubscribe)} &nbsp; ${link(view.dashboard)}</p>
</div>
</div>
</body>
</html>
`;
  return text;
}

function alarmBox(table: Table): Html {
  return html`<div class="alarm" style="${STYLE.alarm}">
<h2 class="bad" style="${STYLE.alarmTitle}">${table.title}</h2>
${rows(table)}${moreOf(table)}
</div>`;
}

function tileRow(tiles: readonly Tile[]): Html {
  const cells = tiles.map(
    ({ label, value, change, tone }, i) => html`${
      i === 0 ? null : html`<td style="${STYLE.gap}"></td>`
    }<td class="tile" style="${STYLE.tile}">
<div class="soft" style="${STYLE.label}">${label}</div>
<div class="value" style="${STYLE.value}">${unbroken(value)}</div>
${change === '' ? null : html`<div class="${CLASS[tone]}" style="${STYLE.change};${COLOUR[tone]}">${unbroken(change)}</div>`}
</td>`,
  );
  return html`<table role="presentation" style="${STYLE.tiles}"><tr>${cells}</tr></table>`;
}

const CLASS: Record<Tile['tone'], string> = { good: 'good', bad: 'bad', plain: 'soft' };
const COLOUR: Record<Tile['tone'], string> = {
  good: 'color:#14713b',
  bad: 'color:#b3261e',
  plain: 'color:#586478',
};

function section(table: Table): Html {
  return html`<h2 style="${STYLE.heading}">${table.title}</h2>
${table.hint === '' ? null : html`<p class="soft" style="${STYLE.hint}">${table.hint}</p>`}
${table.lines.length === 0 ? null : rows(table)}${moreOf(table)}
`;
}

function rows({ title, columns, lines }: Table): Html {
  const heads = columns.map(
    (column) => html`<th scope="col" class="soft line cell" style="${STYLE.head}">${column}</th>`,
  );
  const head = html`<thead><tr><td class="line corner" style="${STYLE.head}"></td>${heads}</tr></thead>`;
  const isNamed = columns.some((column) => column !== '');
  const kind = columns.length > 1 ? 'wide' : 'slim';
  return html`<table class="${kind}" aria-label="${title}" style="${STYLE.table}">${isNamed ? head : null}
<tbody>${lines.map(row)}</tbody></table>`;
}

function row({ name, note, url, cells }: Line, i: number, all: readonly Line[]): Html {
  const end = i === all.length - 1 ? ';border:0' : '';
  const values = cells.map(
    (cell) => html`<td class="line cell" style="${STYLE.cell}${end}">${unbroken(cell)}</td>`,
  );
  return html`<tr><th scope="row" class="line name" style="${STYLE.name}${end}">${
    url === null ? name : link({ label: name, url })
  }${note === '' ? null : html`<br><span class="soft" style="${STYLE.note}">${note}</span>`}</th>${values}</tr>
`;
}

function moreOf({ more }: Table): Html | null {
  return more === '' ? null : html`<p class="soft" style="${STYLE.note};margin:6px 0 0">${more}</p>`;
}

function link({ label, url }: { label: string; url: string }): Html {
  return html`<a class="link" href="${url}" style="${STYLE.link}">${label}</a>`;
}

/** Keeps a number and its unit on one line. */
function unbroken(text: string): string {
  return text.replace(/(\d) (?=%|\p{L})/gu, '$1\u00a0');
}
