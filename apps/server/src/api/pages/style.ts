import { createHash } from 'node:crypto';

/** The one stylesheet of these pages. Colours hold WCAG AA contrast in both schemes. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b2330; --soft: #586478; --ground: #f6f7f9; --card: #fff;
  --line: #d5dae2; --accent: #0b5cad; --on-accent: #fff; --up: #14713b; --down: #b3261e; --grace: #8a5300; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaf0; --soft: #a3aebf; --ground: #11161d;
  --card: #1a212b; --line: #333d4b; --accent: #6db3f8; --on-accent: #0b1420; --up: #5fd394; --down: #ff8a80;
  --grace: #f4bb5c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem; }
header { display: flex; gap: 1rem; align-items: center; justify-content: space-between; flex-wrap: wrap; }
header strong { font-size: 1.1rem; }
header form { display: flex; gap: 0 .75rem; align-items: center; flex-wrap: wrap; }
main.narrow { padding-top: 3rem; } main.narrow, header:has(+ .narrow) { max-width: 27rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); }
.card > :first-child, [type=hidden] + label { margin-top: 0; } .card > :last-child { margin-bottom: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
input { width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--soft);
  border-radius: .4rem; padding: .55rem .7rem; }
button { font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0;
  border-radius: .4rem; padding: .55rem 1.1rem; margin-top: 1.25rem; cursor: pointer; }
header button { margin: 0; background: transparent; color: var(--accent); padding: .3rem 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.hint, .empty { color: var(--soft); } .hint { font-size: .9rem; margin: .25rem 0 0; }
.error { color: var(--down); border: 1px solid currentColor; border-radius: .4rem; padding: .6rem .8rem; }
code, pre { font: .9em/1.5 ui-monospace, monospace; }
pre { background: var(--ground); border: 1px solid var(--line); border-radius: .4rem; padding: .7rem .8rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
dt { font-weight: 600; margin-top: .75rem; } dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; } th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; } tr:last-child td { border-bottom: 0; }
.status { font-weight: 700; white-space: nowrap; } .up { color: var(--up); } .down { color: var(--down); }
.grace { color: var(--grace); } .new, .paused, .tags { color: var(--soft); }
`;

/** What a Content-Security-Policy names the stylesheet by. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;
