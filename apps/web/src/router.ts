import { createRouter } from '@tanstack/react-router';
import { BASE_PATH } from './api/base-path.ts';
import { routeTree } from './routes.ts';
import { FailedPage, LostPage } from './shell/lost.tsx';

export const router = createRouter({
  routeTree,
  basepath: BASE_PATH === '' ? '/' : BASE_PATH,
  defaultPreload: 'intent',
  defaultNotFoundComponent: LostPage,
  defaultErrorComponent: FailedPage,
  // The last page stays until the next one is there.
  defaultPendingMs: 500,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
