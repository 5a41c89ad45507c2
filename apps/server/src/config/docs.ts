import { defaultText } from './default-text.ts';
import { HEALTHCHECKS_NAMES } from './healthchecks-names.ts';
import { CHANNEL_NAMES } from './initial-channels.ts';
import { flagOf } from './setting.ts';
import { allSettings } from './settings.ts';

/** The generated parts of `docs/configuration.md`, by the name in their markers. */
const PARTS: Readonly<Record<string, () => string>> = {
  settings: settingsTable,
  healthchecks: healthchecksTable,
};

/** The document with each part between `<!-- begin x -->` and `<!-- end x -->` written anew. */
export function withGeneratedParts(document: string): string {
  return Object.entries(PARTS).reduce((text, [name, render]) => {
    const [begin, end] = [`<!-- begin ${name} -->\n`, `<!-- end ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the document has no markers for ${name}`);
    return text.slice(0, from + begin.length) + render() + text.slice(to);
  }, document);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [head, head.map(() => '---'), ...rows].map(line).join('');
}

function code(text: string): string {
  return `\`${text}\``;
}

function settingsTable(): string {
  const rows = allSettings.map((setting) => {
    const { env, path, description, type, secret, restart } = setting;
    const marks = [secret ? 'secret' : '', restart ? 'restart' : ''].filter((mark) => mark !== '').join(', ');
    const names = [env, flagOf(env), path].map(code).join('<br>');
    return [
      names,
      `${description}<br>Takes ${type.accepts.replaceAll('<', '&lt;')}.`,
      defaultText(setting),
      marks,
    ];
  });
  return table(['Variable, flag, path in the file', 'What it is', 'Default', ''], rows);
}

function healthchecksTable(): string {
  const rows = Object.entries(HEALTHCHECKS_NAMES).map(([name, { plain, secret, note, ignored }]) => {
    const names = [`HEALTHCHECKS_${name}`, ...(plain ? [name] : [])].map(code).join('<br>');
    const files = secret ? '<br>each also with `_FILE`' : '';
    return [names + files, ignored ? 'ignored: for clients' : readerOf(name), note];
  });
  return table(['Variable', 'Means', 'Remark'], rows);
}

function readerOf(name: string): string {
  const reader = allSettings.find(({ healthchecks }) => healthchecks.includes(name));
  if (reader !== undefined) return code(reader.env);
  return CHANNEL_NAMES.includes(name) ? 'the first channels' : '';
}
