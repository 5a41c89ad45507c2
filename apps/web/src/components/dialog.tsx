import './dialog.css';
import * as Radix from '@radix-ui/react-dialog';
import { type ReactNode, useRef } from 'react';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { Button, IconButton } from './button.tsx';

interface DialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  /** What it is about, read out when it opens. */
  description?: ReactNode;
  /** A panel at the side for what is long, else a box in the middle. */
  side?: boolean;
  children: ReactNode;
}

/** A dialog: its first field has the focus, which stays in it; Escape closes it and gives focus back. */
export function Dialog({ open, onOpenChange, title, description, side = false, children }: DialogProps) {
  const t = useT();
  const before = useRef<Element | null>(null);
  const focusField = (event: Event): void => {
    before.current = document.activeElement;
    const field = event.target instanceof Element ? event.target.querySelector(FIELD) : null;
    if (!(field instanceof HTMLElement)) return;
    event.preventDefault();
    field.focus();
  };
  /** Dialogs are opened by keys too, and then there is no trigger to which focus would go back by itself. */
  const giveBack = (event: Event): void => {
    if (!(before.current instanceof HTMLElement)) return;
    event.preventDefault();
    before.current.focus();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-scrim" />
        <Radix.Content
          className={side ? 'dialog dialog-side' : 'dialog'}
          onOpenAutoFocus={focusField}
          onCloseAutoFocus={giveBack}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="dialog-head">
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon="close" label={t(messages.close)} />
            </Radix.Close>
          </header>
          {description !== undefined && (
            <Radix.Description asChild>
              <div className="soft">{description}</div>
            </Radix.Description>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What can be typed into or chosen from. */
const FIELD = 'input:enabled, select:enabled, textarea:enabled';

interface ConfirmProps extends Pick<DialogProps, 'open' | 'onOpenChange' | 'title' | 'description'> {
  /** What the button says that does it. */
  action: string;
  onConfirm(): void;
  busy?: boolean;
}

/** Asks before what cannot be undone. */
export function ConfirmDialog({ action, onConfirm, busy = false, ...dialog }: ConfirmProps) {
  const t = useT();
  return (
    <Dialog {...dialog}>
      <div className="dialog-actions">
        <Button onClick={() => dialog.onOpenChange(false)}>{t(messages.cancel)}</Button>
        <Button look="danger" onClick={onConfirm} busy={busy}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}

const messages = defineMessages({
  close: { en: 'Close', fr: 'Fermer' },
  cancel: { en: 'Cancel', fr: 'Annuler' },
});
