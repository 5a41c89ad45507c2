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
<div class="soft hyphen" style="${STYLE.label}">${label}</div>
<div class="value" style="${STYLE.value}">${value}</div>
${change === '' ? null : html`<div class="${CLASS[tone]}" style="${STYLE.change};${COLOUR[tone]}">${change}</div>`}
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
    (column) => html`<th scope="col" class="soft line cell hyphen" style="${STYLE.head}">${column}</th>`,
  );
  const head = html`<thead><tr><td class="line" style="${STYLE.head}"></td>${heads}</tr></thead>`;
  return html`<table aria-label="${title}" style="${STYLE.table}">${columns.length === 0 ? null : head}
<tbody>${lines.map(row)}</tbody></table>`;
}

function row({ name, note, url, cells }: Line): Html {
  const values = cells.map((cell) => html`<td class="line cell" style="${STYLE.cell}">${cell}</td>`);
  return html`<tr><th scope="row" class="line" style="${STYLE.name}">${
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
