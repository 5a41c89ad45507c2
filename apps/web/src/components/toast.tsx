import './toast.css';
import * as Radix from '@radix-ui/react-toast';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { Button, IconButton } from './button.tsx';

/** Milliseconds in which something can be taken back. */
export const UNDO_TIME = 8_000;
/** Notices shown at once; the oldest make room. */
const MOST = 4;

interface Toast extends SayOptions {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
}

interface SayOptions {
  undo?: () => void;
  /** The notice has gone, and nothing was taken back. */
  onGone?: () => void;
}

export interface Toasts {
  /** Says what was done; with `undo`, for as long as it can be taken back. */
  say(text: string, options?: SayOptions): void;
  /** Says why something failed. */
  fail(error: unknown): void;
}

const ToastContext = createContext<Toasts | null>(null);

/** Shows short notices below the page, and reads them out. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useT();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const add = useCallback((toast: Omit<Toast, 'id'>) => {
    setToasts((before) => [...before, { ...toast, id: performance.now() }]);
  }, []);
  const remove = useCallback((toast: Toast) => {
    setToasts((before) => before.filter(({ id }) => id !== toast.id));
  }, []);
  useEffect(() => {
    for (const toast of toasts.slice(0, -MOST)) {
      remove(toast);
      toast.onGone?.();
    }
  }, [toasts, remove]);
  const value = useMemo<Toasts>(
    () => ({
      say: (text, options = {}) => add({ text, tone: 'plain', ...endingOnce(options) }),
      fail: (error) => add({ text: failureText(error), tone: 'bad' }),
    }),
    [add],
  );
  return (
    <ToastContext value={value}>
      <Radix.Provider duration={UNDO_TIME} label={t(messages.notice)}>
        {children}
        {toasts.map((toast) => (
          <Radix.Root
            key={toast.id}
            className={`toast toast-${toast.tone}`}
            onOpenChange={(open) => {
              if (open) return;
              remove(toast);
              toast.onGone?.();
            }}
          >
            <Radix.Description className="toast-text">{toast.text}</Radix.Description>
            {toast.undo !== undefined && (
              <Radix.Action asChild altText={t(messages.undo)}>
                <Button
                  look="quiet"
                  icon="undo"
                  onClick={() => {
                    toast.undo?.();
                    remove(toast);
                  }}
                >
                  {t(messages.undo)}
                </Button>
              </Radix.Action>
            )}
            <Radix.Close asChild>
              <IconButton icon="close" label={t(messages.dismiss)} />
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport className="toasts" />
      </Radix.Provider>
    </ToastContext>
  );
}

/** Each notice ends once: taken back, or gone. */
function endingOnce({ undo, onGone }: SayOptions): SayOptions {
  let isOver = false;
  const once = (end?: () => void) => (): void => {
    if (!isOver) end?.();
    isOver = true;
  };
  return { onGone: once(onGone), ...(undo === undefined ? {} : { undo: once(undo) }) };
}

export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (toasts === null) throw new Error('BUG: toasts without their provider');
  return toasts;
}

/** A failure as a sentence. */
export function failureText(error: unknown): string {
  const text = error instanceof ApiError || error instanceof Error ? error.message : String(error);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const messages = defineMessages({
  notice: { en: 'Notice', fr: 'Avis' },
  undo: { en: 'Undo', fr: 'Annuler' },
  dismiss: { en: 'Dismiss', fr: 'Fermer' },
});
