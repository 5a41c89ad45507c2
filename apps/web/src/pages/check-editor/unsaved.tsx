import { useBlocker } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Asks before unsaved changes are left behind. `isDirty` is read at that moment. */
export function UnsavedGuard({ isDirty }: { isDirty: RefObject<boolean> }) {
  const t = useT();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty.current,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      open={blocker.status === 'blocked'}
      onOpenChange={(open) => {
        if (!open) blocker.reset?.();
      }}
      title={t(messages.title)}
      description={t(messages.text)}
      action={t(messages.leave)}
      onConfirm={() => blocker.proceed?.()}
    />
  );
}

const messages = defineMessages({
  title: { en: 'Leave without saving?', fr: 'Partir sans enregistrer ?' },
  text: {
    en: 'What you changed here is not saved.',
    fr: 'Ce que vous avez changé ici n’est pas enregistré.',
  },
  leave: { en: 'Leave', fr: 'Partir' },
});
