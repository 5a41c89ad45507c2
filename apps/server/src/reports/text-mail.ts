import type { ReportView, Table } from './view.ts';

/** A report as plain text. */
export function reportText(view: ReportView): string {
  const { colon, title, days, alarm, calm, tiles, against, tables, notes } = view;
  const named = ({ label, url }: { label: string; url: string }): string => `${label}${colon}${url}`;
  const parts = [
    `${title}\n${days}`,
    alarm === null ? calm : tableText(alarm, colon),
    tiles.map((tile) => `${tile.label}${colon}${tile.value}${tile.change && `, ${tile.change}`}`).join('\n'),
    against,
    ...tables.map((table) => tableText(table, colon)),
    ...notes,
    named(view.dashboard),
    `-- \n${view.footer}\n${named(view.unsubscribe)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableText({ title, hint, columns, lines, more }: Table, colon: string): string {
  const rows = lines.map(({ name, note, url, cells }) => {
    const own = note === '' ? name : `${name} (${note})`;
    const facts = cells.flatMap((cell, i) => (cell === '' ? [] : [`${columns[i]} ${cell}`.trim()]));
    const link = url === null ? '' : `\n  ${url}`;
    return `- ${own}${facts.length === 0 ? '' : colon}${facts.join(', ')}${link}`;
  });
  return [title.toUpperCase(), hint, ...rows, more].filter((part) => part !== '').join('\n');
}
