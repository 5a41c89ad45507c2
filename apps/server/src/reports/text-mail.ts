import type { Line, ReportView, Table } from './view.ts';

/** A report as plain text. */
export function reportText(view: ReportView): string {
  const parts = [
    `${view.title}\n${view.days}`,
    view.alarm === null ? view.calm : tableText(view.alarm),
    [...view.tiles.map(({ label, value, change }) => `${label}: ${value}${change && `, ${change}`}`)].join(
      '\n',
    ),
    view.against,
    ...view.tables.map(tableText),
    ...view.notes,
    `${view.dashboard.label}: ${view.dashboard.url}`,
    `-- \n${view.footer}\n${view.unsubscribe.label}: ${view.unsubscribe.url}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableText({ title, hint, columns, lines, more }: Table): string {
  const rows = lines.map(
    (line) => `- ${lineText(line, columns)}${line.url === null ? '' : `\n  ${line.url}`}`,
  );
  return [title.toUpperCase(), hint, ...rows, more].filter((part) => part !== '').join('\n');
}

function lineText({ name, note, cells }: Line, columns: readonly string[]): string {
  const own = note === '' ? plain(name) : `${plain(name)} (${plain(note)})`;
  const facts = cells.flatMap((cell, i) => (cell === '' ? [] : [`${columns[i]} ${cell}`]));
  return facts.length === 0 ? own : `${own}: ${facts.join(', ')}`;
}

/** A name on one line, whatever it holds. */
function plain(name: string): string {
  return name.replace(/[\s\p{Cc}]+/gu, ' ');
}
