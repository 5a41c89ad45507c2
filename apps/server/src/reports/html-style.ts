/**
 * How a report looks. Styles are inline, as mail programs want it; the sheet adds what inline styles cannot: the
 * dark scheme and narrow screens. Contrast is 4.5 to 1 and more in both schemes.
 */
export const SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .frame { padding: 16px 12px !important; }
  .cell { font-size: 13px !important; padding-left: 8px !important; }
  .value { font-size: 17px !important; }
  .tile { padding: 10px !important; }
  .wide, .wide thead, .wide tbody, .wide th, .wide td { display: block !important; }
  .wide tr { display: grid !important; grid-template-columns: repeat(4, 1fr) !important; }
  .wide .corner { display: none !important; }
  .wide .name { grid-column: 1 / -1 !important; border: 0 !important; padding-bottom: 0 !important; }
  .wide thead .cell { font-size: 12px !important; }
  .wide .cell { padding-left: 0 !important; text-align: left !important; }
}
@media (prefers-color-scheme: dark) {
  .frame { background: #11161d !important; color: #e6eaf0 !important; }
  .soft { color: #a3aebf !important; }
  .line { border-color: #333d4b !important; }
  .tile { background: #1a212b !important; }
  .bad { color: #ff8a80 !important; }
  .good { color: #5fd394 !important; }
  .link { color: #6db3f8 !important; }
  .alarm { background: #2c1717 !important; border-color: #ff8a80 !important; }
}
`;

const SOFT = 'color:#586478';

export const STYLE = {
  body: 'margin:0;padding:0',
  frame:
    'padding:24px;background:#ffffff;color:#1b2330;font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:15px;line-height:1.5',
  column: 'max-width:600px;margin:0 auto',
  title: 'margin:0;font-size:22px;line-height:1.25;overflow-wrap:anywhere',
  days: `margin:4px 0 20px;${SOFT}`,
  calm: 'margin:0 0 20px;color:#14713b;font-weight:600',
  alarm: 'margin:0 0 20px;padding:12px 16px;border:1px solid #b3261e;border-radius:8px;background:#fdf1f0',
  alarmTitle: 'margin:0 0 4px;font-size:16px;color:#b3261e',
  tiles: 'width:100%;border-collapse:separate;border-spacing:0;table-layout:fixed',
  tile: 'padding:12px 14px;border-radius:8px;background:#f1f3f6;vertical-align:top',
  gap: 'width:8px;padding:0;font-size:0',
  label: `font-size:13px;${SOFT}`,
  value: 'font-size:20px;line-height:1.35;font-weight:700',
  change: 'font-size:13px;line-height:1.35',
  against: `margin:8px 0 0;font-size:13px;${SOFT}`,
  heading: 'margin:28px 0 4px;font-size:16px',
  hint: `margin:0 0 4px;font-size:13px;${SOFT}`,
  table: 'width:100%;border-collapse:collapse',
  head: `padding:4px 0 4px 12px;font-size:13px;font-weight:normal;text-align:right;vertical-align:bottom;border-bottom:1px solid #d5dae2;${SOFT}`,
  name: 'padding:6px 0;text-align:left;font-weight:normal;vertical-align:top;overflow-wrap:anywhere;border-bottom:1px solid #d5dae2',
  cell: 'padding:6px 0 6px 12px;text-align:right;vertical-align:top;white-space:nowrap;font-variant-numeric:tabular-nums;border-bottom:1px solid #d5dae2',
  link: 'color:#0b5cad',
  note: `font-size:13px;${SOFT}`,
  footer: `margin:32px 0 0;padding:12px 0 0;border-top:1px solid #d5dae2;font-size:13px;${SOFT}`,
} as const;
