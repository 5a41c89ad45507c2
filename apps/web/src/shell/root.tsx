import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.ts';
import { ToastProvider } from '../components/toast.tsx';
import { LanguageProvider } from '../i18n/language.tsx';

/** What every page stands in: the reader's language, and a place for notices. */
export function Root() {
  const { data } = useQuery({ ...sessionQuery, enabled: false });
  const language = data?.user?.language;
  return (
    <LanguageProvider {...(language === undefined ? {} : { language })}>
      <ToastProvider>
        <Outlet />
      </ToastProvider>
    </LanguageProvider>
  );
}
