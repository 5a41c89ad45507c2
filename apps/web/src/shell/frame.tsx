import './frame.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { onSignedOut } from '../api/client.ts';
import { useLiveUpdates } from '../api/live.ts';
import { useIdentity } from '../api/session.ts';
import { summaryQuery } from '../api/summary.ts';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { useLeave } from './leave.ts';
import { Nav } from './nav.tsx';
import { Palette, PaletteProvider } from './palette.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { setDownCount } from './title.ts';
import { TopBar } from './top-bar.tsx';
import { useOwnTheme } from './use-theme.ts';

/** What stands around every page of who is signed in. */
export function Frame() {
  const t = useT();
  const client = useQueryClient();
  const leave = useLeave();
  const { href } = useLocation();
  const here = useRef(href);
  here.current = href;
  const signIn = useCallback(() => void leave(here.current), [leave]);
  useLiveUpdates(client, signIn);
  useEffect(() => onSignedOut(signIn), [signIn]);
  useFocusOnArrival();
  useOwnTheme();
  return (
    <PaletteProvider>
      <a className="skip" href="#main">
        {t(messages.skip)}
      </a>
      <div className="frame">
        <TopBar />
        <Nav />
        <main id="main" className="frame-main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <DownCount />
      <Shortcuts />
      <Palette />
    </PaletteProvider>
  );
}

/** Tells the tab's title how many checks are down in the projects seen here. */
function DownCount() {
  const { project } = useParams({ strict: false });
  const { projects } = useIdentity();
  const known = projects.some(({ id }) => id === project);
  const { data } = useQuery({ ...summaryQuery(project ?? ''), enabled: known });
  const down = data?.checks.down ?? 0;
  useEffect(() => setDownCount(down), [down]);
  return null;
}

/** Whoever reads with the ears hears the new page from its beginning. */
function useFocusOnArrival(): void {
  const { pathname } = useLocation();
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the new address that matters
  useEffect(() => {
    if (first.current) first.current = false;
    else document.getElementById('main')?.focus({ preventScroll: true });
  }, [pathname]);
}

const messages = defineMessages({
  skip: { en: 'Skip to the content', fr: 'Aller au contenu' },
});
