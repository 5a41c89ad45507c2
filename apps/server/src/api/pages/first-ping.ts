import { type Html, html } from './html.ts';

/** How to send a first ping, which makes its check. */
export function firstPing(pingEndpoint: string, pingKey: string): Html {
  return html`<h2>A first ping</h2>
<p>Run this anywhere; it makes a check named "my-first-check":</p>
<pre tabindex="0">curl -fsS '${pingEndpoint}${pingKey}/my-first-check?create=1'</pre>`;
}
