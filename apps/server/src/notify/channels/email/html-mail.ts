import { escapeHtml } from '../../../html.ts';
import { factsOf } from '../../facts.ts';
import { headlineOf } from '../../message.ts';
import { bodyTitle } from '../../reason.ts';
import { instantText } from '../../texts/texts.ts';
import { actionsOf, linksIn, type ShownMail, subjectOf } from './text-mail.ts';

/** Colours readable on white: contrast of 4.5 to 1 and more. */
const COLOURS = { down: '#b3261e', up: '#1b6e2f' };
const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:15px;line-height:1.5';

/** The mail as HTML: no pictures, no scripts, nothing fetched; styles inline, as mail programs want it. */
export function htmlMail(shown: ShownMail): string {
  const { message, texts, siteName } = shown;
  const headline = headlineOf(message, texts);
  const links = linksIn(message, texts).map(({ label, url }) => link(url, label));
  const note =
    message.kind === 'test'
      ? `<p><strong>${escapeHtml(texts.testNote(siteName, instantText(message.at)))}</strong></p>`
      : '';
  return `<!doctype html>
<html lang="${texts.language}">
<head><meta charset="utf-8"><title>${escapeHtml(subjectOf(message, texts))}</title></head>
<body style="margin:0;padding:24px;${FONT};color:#1f1f1f;background:#ffffff">
<div style="max-width:640px;margin:0 auto">
<h1 style="margin:0 0 16px;font-size:20px;color:${COLOURS[message.status]}">${escapeHtml(headline)}</h1>
${note}${factTable(shown)}${actionList(shown)}${bodyBlock(shown)}
<p style="margin:24px 0">${links.join(' &nbsp; ')}</p>
<p style="color:#5f5f5f;font-size:13px">${escapeHtml(texts.footer(siteName))}</p>
</div>
</body>
</html>
`;
}

function factTable({ message, texts, now }: ShownMail): string {
  const rows = factsOf(message, texts, now).map(
    ({ label, text }) =>
      `<tr><th scope="row" style="padding:2px 16px 2px 0;text-align:left;vertical-align:top;font-weight:normal;color:#5f5f5f">${escapeHtml(label)}</th><td style="padding:2px 0;white-space:pre-line">${escapeHtml(text)}</td></tr>`,
  );
  return `<table style="border-collapse:collapse">${rows.join('\n')}</table>`;
}

function actionList({ message, texts }: ShownMail): string {
  const steps = actionsOf(message, texts).map((step) => `<li>${escapeHtml(step)}</li>`);
  if (steps.length === 0) return '';
  return `<h2 style="margin:24px 0 8px;font-size:16px">${escapeHtml(texts.actions.title)}</h2><ol style="margin:0;padding-left:24px">${steps.join('')}</ol>`;
}

function bodyBlock({ message, texts, body }: ShownMail): string {
  if (body === '') return '';
  return `<h2 style="margin:24px 0 8px;font-size:16px">${escapeHtml(bodyTitle(message, texts))}</h2><pre style="margin:0;padding:12px;background:#f4f4f4;white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px">${escapeHtml(body)}</pre>`;
}

function link(url: string, text: string): string {
  return `<a href="${escapeHtml(url)}" style="color:#0b57d0">${escapeHtml(text)}</a>`;
}
