import './design/tokens.css';
import './design/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { type AnyRoute, RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { router } from './router.ts';
import { allowStyles } from './shell/nonce.ts';

allowStyles();
beginPage();
const root = document.getElementById('root');
if (root === null) throw new Error('BUG: a page without a root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

/** Asks for the first page's code beside who looks at it, not after that; what fails is asked for again by the router. */
function beginPage(): void {
  const routes: Readonly<Record<string, AnyRoute>> = router.routesById;
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    const route = routes[String(routeId)];
    if (route !== undefined) router.loadRouteChunk(route)?.catch(() => undefined);
  }
}
