/** The table of pages: an address, and the file of its page, which is loaded with the first visit. */
import {
  createRootRoute,
  createRoute,
  lazyRouteComponent as lazy,
  notFound,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { sessionQuery } from './api/session.ts';
import { readSearch as peopleSearch } from './pages/admin/search.ts';
import { readSearch as explainSearch } from './pages/alerts/explain-search.ts';
import { readSearch as alertsSearch } from './pages/alerts/search.ts';
import { readSearch as deliveriesSearch } from './pages/channels/search.ts';
import { readSearch as checkSearch } from './pages/check/search.ts';
import { listPages } from './pages/checks/list-pages.ts';
import { readSearch as checksSearch } from './pages/checks/search.ts';
import { readNext, readToken } from './pages/entry/search.ts';
import { readSearch as auditSearch } from './pages/project/audit-search.ts';
import { readSearch as serviceSearch } from './pages/service/search.ts';
import { readSearch as kindsSearch } from './pages/service-editor/search.ts';
import { readSearch as servicesSearch } from './pages/services/search.ts';
import { readSearch as silencesSearch } from './pages/silences/list-search.ts';
import { readSearch as silenceSearch } from './pages/silences/search.ts';
import { Frame } from './shell/frame.tsx';
import { LostOutside, LostPage } from './shell/lost.tsx';
import { originalAddress } from './shell/original-links.ts';
import { rememberProject, usualProject } from './shell/project.ts';
import { ProjectFrame } from './shell/project-frame.tsx';
import { Root } from './shell/root.tsx';

const root = createRootRoute({ component: Root, notFoundComponent: LostOutside });

/** Pages for whoever comes. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: readNext,
  component: lazy(() => import('./pages/entry/sign-in.tsx'), 'SignInPage'),
});
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: readToken,
  component: lazy(() => import('./pages/entry/set-up.tsx'), 'SetUpPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: readToken,
  component: lazy(() => import('./pages/entry/invitation.tsx'), 'InvitationPage'),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: lazy(() => import('./pages/entry/register.tsx'), 'RegisterPage'),
});
const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten',
  component: lazy(() => import('./pages/entry/forgotten.tsx'), 'ForgottenPage'),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: readToken,
  component: lazy(() => import('./pages/entry/reset.tsx'), 'ResetPage'),
});

/** Pages for who is signed in; others sign in first and come back. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  async beforeLoad({ location }) {
    const identity = await queryClient.ensureQueryData(sessionQuery);
    if (identity === null) throw redirect({ to: '/signin', search: { next: location.href } });
  },
  component: Frame,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  async beforeLoad({ location }) {
    const original = originalAddress(location.hash);
    if (original !== null) throw redirect({ href: original, replace: true });
    if ((await usualProjectId()) !== undefined) await toUsualProject('/projects/$project');
  },
  component: lazy(() => import('./pages/project/new-project.tsx'), 'NewProjectPage'),
});

/** Addresses without a project, e.g. Prometheus' `/alerts`, lead to those of the usual one. */
const shortAlerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  beforeLoad: () => toUsualProject('/projects/$project/alerts'),
});
const shortSilences = createRoute({
  getParentRoute: () => shell,
  path: '/silences',
  beforeLoad: () => toUsualProject('/projects/$project/silences'),
});
const shortChecks = createRoute({
  getParentRoute: () => shell,
  path: '/checks',
  beforeLoad: () => toUsualProject('/projects/$project/checks'),
});

/** Prometheus' pages of what it measures: the services, with all that they measured. */
const shortTargets = createRoute({
  getParentRoute: () => shell,
  path: '/targets',
  beforeLoad: () => toUsualProject('/projects/$project/services'),
});
const shortGraph = createRoute({
  getParentRoute: () => shell,
  path: '/graph',
  beforeLoad: () => toUsualProject('/projects/$project/services'),
});

/** Healthchecks' own page for signing in. */
const originalSignIn = createRoute({
  getParentRoute: () => shell,
  path: '/accounts/login',
  beforeLoad: () => {
    throw redirect({ to: '/', replace: true });
  },
});

/** Links in messages name a thing alone; each leads to its page in its project. */
const checkLink = createRoute({
  getParentRoute: () => shell,
  path: '/checks/$check/{-$details}',
  component: lazy(() => import('./pages/links/check-link.tsx'), 'CheckLink'),
});
const alertLink = createRoute({
  getParentRoute: () => shell,
  path: '/alerts/$alert',
  component: lazy(() => import('./pages/links/alert-link.tsx'), 'AlertLink'),
});
const silenceLink = createRoute({
  getParentRoute: () => shell,
  path: '/silences/$silence',
  component: lazy(() => import('./pages/links/silence-link.tsx'), 'SilenceLink'),
});

const newProject = createRoute({
  getParentRoute: () => shell,
  path: '/projects/new',
  component: lazy(() => import('./pages/project/new-project.tsx'), 'NewProjectPage'),
});

const project = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$project',
  async beforeLoad({ params }) {
    const identity = await queryClient.ensureQueryData(sessionQuery);
    if (!identity?.projects.some(({ id }) => id === params.project)) throw notFound();
    rememberProject(params.project);
  },
  component: ProjectFrame,
  // Within the frame, so that the way on is at hand.
  notFoundComponent: LostPage,
});
const now = createRoute({
  getParentRoute: () => project,
  path: '/',
  component: lazy(() => import('./pages/now/now-page.tsx'), 'NowPage'),
});
const checks = createRoute({
  getParentRoute: () => project,
  path: '/checks',
  validateSearch: checksSearch,
  loaderDeps: ({ search }) => search,
  loader({ params, deps }) {
    void queryClient.prefetchInfiniteQuery(listPages(params.project, deps));
  },
  component: lazy(() => import('./pages/checks/checks-page.tsx'), 'ChecksPage'),
});
const newCheck = createRoute({
  getParentRoute: () => project,
  path: '/checks/new',
  component: lazy(() => import('./pages/check-editor/new-check.tsx'), 'NewCheckPage'),
});
const check = createRoute({
  getParentRoute: () => project,
  path: '/checks/$check',
  validateSearch: checkSearch,
  component: lazy(() => import('./pages/check/check-page.tsx'), 'CheckPage'),
});
const editCheck = createRoute({
  getParentRoute: () => project,
  path: '/checks/$check/edit',
  component: lazy(() => import('./pages/check-editor/edit-check.tsx'), 'EditCheckPage'),
});
const services = createRoute({
  getParentRoute: () => project,
  path: '/services',
  validateSearch: servicesSearch,
  component: lazy(() => import('./pages/services/services-page.tsx'), 'ServicesPage'),
});
const newService = createRoute({
  getParentRoute: () => project,
  path: '/services/new/{-$kind}',
  validateSearch: kindsSearch,
  component: lazy(() => import('./pages/service-editor/new-service.tsx'), 'NewServicePage'),
});
const service = createRoute({
  getParentRoute: () => project,
  path: '/services/$service',
  validateSearch: serviceSearch,
  component: lazy(() => import('./pages/service/service-page.tsx'), 'ServicePage'),
});
const editService = createRoute({
  getParentRoute: () => project,
  path: '/services/$service/edit',
  component: lazy(() => import('./pages/service-editor/edit-service.tsx'), 'EditServicePage'),
});
const alerts = createRoute({
  getParentRoute: () => project,
  path: '/alerts',
  validateSearch: alertsSearch,
  component: lazy(() => import('./pages/alerts/alerts-page.tsx'), 'AlertsPage'),
});
const alert = createRoute({
  getParentRoute: () => project,
  path: '/alerts/$alert',
  component: lazy(() => import('./pages/alerts/alert-page.tsx'), 'AlertPage'),
});
const explain = createRoute({
  getParentRoute: () => project,
  path: '/alerts/explain',
  validateSearch: explainSearch,
  component: lazy(() => import('./pages/alerts/explain-page.tsx'), 'ExplainPage'),
});
const silences = createRoute({
  getParentRoute: () => project,
  path: '/silences',
  validateSearch: silencesSearch,
  component: lazy(() => import('./pages/silences/silences-page.tsx'), 'SilencesPage'),
});
const newSilence = createRoute({
  getParentRoute: () => project,
  path: '/silences/new',
  validateSearch: silenceSearch,
  component: lazy(() => import('./pages/silences/new-silence.tsx'), 'NewSilencePage'),
});
const silence = createRoute({
  getParentRoute: () => project,
  path: '/silences/$silence',
  component: lazy(() => import('./pages/silences/silence-page.tsx'), 'SilencePage'),
});
const windows = createRoute({
  getParentRoute: () => project,
  path: '/maintenance',
  component: lazy(() => import('./pages/maintenance/windows-page.tsx'), 'WindowsPage'),
});
const newWindow = createRoute({
  getParentRoute: () => project,
  path: '/maintenance/new',
  component: lazy(() => import('./pages/maintenance/window-editor.tsx'), 'NewWindowPage'),
});
const editWindow = createRoute({
  getParentRoute: () => project,
  path: '/maintenance/$window',
  component: lazy(() => import('./pages/maintenance/window-editor.tsx'), 'EditWindowPage'),
});
const incidents = createRoute({
  getParentRoute: () => project,
  path: '/incidents',
  component: lazy(() => import('./pages/incidents/incidents-page.tsx'), 'IncidentsPage'),
});
const incident = createRoute({
  getParentRoute: () => project,
  path: '/incidents/$incident',
  component: lazy(() => import('./pages/incidents/incident-page.tsx'), 'IncidentPage'),
});
const channels = createRoute({
  getParentRoute: () => project,
  path: '/channels',
  component: lazy(() => import('./pages/channels/channels-page.tsx'), 'ChannelsPage'),
});
const newChannel = createRoute({
  getParentRoute: () => project,
  path: '/channels/new/{-$kind}',
  component: lazy(() => import('./pages/channels/new-channel.tsx'), 'NewChannelPage'),
});
const channel = createRoute({
  getParentRoute: () => project,
  path: '/channels/$channel',
  validateSearch: deliveriesSearch,
  component: lazy(() => import('./pages/channels/channel-page.tsx'), 'ChannelPage'),
});
const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  component: lazy(() => import('./pages/project/settings-page.tsx'), 'SettingsPage'),
});
const members = createRoute({
  getParentRoute: () => project,
  path: '/settings/members',
  component: lazy(() => import('./pages/project/members-page.tsx'), 'MembersPage'),
});
const keys = createRoute({
  getParentRoute: () => project,
  path: '/settings/keys',
  component: lazy(() => import('./pages/project/keys-page.tsx'), 'KeysPage'),
});
const badges = createRoute({
  getParentRoute: () => project,
  path: '/settings/badges',
  component: lazy(() => import('./pages/project/badges-page.tsx'), 'BadgesPage'),
});
const audit = createRoute({
  getParentRoute: () => project,
  path: '/settings/audit',
  validateSearch: auditSearch,
  component: lazy(() => import('./pages/project/audit-page.tsx'), 'AuditPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazy(() => import('./pages/account/profile-page.tsx'), 'ProfilePage'),
});
const security = createRoute({
  getParentRoute: () => shell,
  path: '/account/security',
  component: lazy(() => import('./pages/account/security-page.tsx'), 'SecurityPage'),
});
const reports = createRoute({
  getParentRoute: () => shell,
  path: '/account/reports',
  component: lazy(() => import('./pages/account/reports-page.tsx'), 'ReportsPage'),
});
const people = createRoute({
  getParentRoute: () => shell,
  path: '/admin/people',
  validateSearch: peopleSearch,
  component: lazy(() => import('./pages/admin/people-page.tsx'), 'PeoplePage'),
});

/** @throws a redirect to this page of the usual project, or to where a first one is made. */
async function toUsualProject(
  to: `/projects/$project${'' | '/alerts' | '/silences' | '/checks' | '/services'}`,
): Promise<never> {
  const id = await usualProjectId();
  throw id === undefined ? redirect({ to: '/' }) : redirect({ to, params: { project: id }, replace: true });
}

async function usualProjectId(): Promise<string | undefined> {
  const identity = await queryClient.ensureQueryData(sessionQuery);
  return usualProject(identity?.projects ?? [])?.id;
}

export const routeTree = root.addChildren([
  signIn,
  setUp,
  invitation,
  register,
  forgotten,
  reset,
  shell.addChildren([
    home,
    shortAlerts,
    shortSilences,
    shortChecks,
    shortTargets,
    shortGraph,
    originalSignIn,
    checkLink,
    alertLink,
    silenceLink,
    newProject,
    project.addChildren([
      now,
      checks,
      newCheck,
      check,
      editCheck,
      services,
      newService,
      service,
      editService,
      alerts,
      alert,
      explain,
      silences,
      newSilence,
      silence,
      windows,
      newWindow,
      editWindow,
      incidents,
      incident,
      channels,
      newChannel,
      channel,
      settings,
      members,
      keys,
      badges,
      audit,
    ]),
    account,
    security,
    reports,
    people,
  ]),
]);
