import './dialog.css';
import * as Radix from '@radix-ui/react-dialog';
import type { ReactNode } from 'react';
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

/** A dialog: focus stays in it, Escape closes it and gives focus back. */
export function Dialog({ open, onOpenChange, title, description, side = false, children }: DialogProps) {
  const t = useT();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-scrim" />
        <Radix.Content
          className={side ? 'dialog dialog-side' : 'dialog'}
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
