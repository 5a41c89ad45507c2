import { setNonce } from 'get-nonce';

/** Lets the dialogs' scroll lock add its one style under the page's policy. */
export function allowStyles(): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  if (nonce !== undefined && nonce !== '') setNonce(nonce);
}
