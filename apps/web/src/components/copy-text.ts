/**
 * Puts a text on the clipboard. Browsers keep their clipboard from pages that came over plain HTTP from another
 * machine, as many a server of one's own is reached: there the text is chosen and copied as by Ctrl C.
 */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  // Inside of an open dialog or menu, as focus cannot leave it.
  (before?.closest('[role="dialog"], [role="menu"]') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!done) throw new Error('the browser did not let the text be copied');
}
