/** The routes of the monitoring API, and who may ask them. */

/** What a caller must be: `admin` may change things, `user` may look. */
export type MonitoringRole = 'admin' | 'user';

export interface MonitoringRoute {
  method: 'GET' | 'POST';
  /** Below `/api/monitoring`; what begins with a colon stands for any one segment. */
  path: string;
  /** null = anybody may ask. */
  role: MonitoringRole | null;
}

/** In this order: `check/all` is no service. */
export const monitoringRoutes: readonly MonitoringRoute[] = [
  { method: 'GET', path: '/health', role: null },
  { method: 'GET', path: '/status', role: 'admin' },
  { method: 'GET', path: '/check/all', role: 'admin' },
  { method: 'GET', path: '/check/:service', role: 'user' },
  { method: 'GET', path: '/checks', role: 'admin' },
  { method: 'POST', path: '/checks/:check/pause', role: 'admin' },
  { method: 'POST', path: '/checks/:check/resume', role: 'admin' },
  { method: 'GET', path: '/dashboard', role: 'user' },
];

/** Characters of a segment; names of services have a hundred at most. */
const LONGEST_SEGMENT = 500;

/**
 * The route that a request means, its path as the server is asked. `segments` are those behind the place where
 * the router is mounted, as they came over the wire. They are decoded first and compared then: `%61ll` is `all`
 * to the server, and must not pass for the name of a service here.
 * @returns null where there is no such route.
 */
export function findRoute(method: string, segments: readonly string[]): MonitoringRoute | null {
  const names = segments.map(decoded);
  if (!names.every(isName)) return null;
  // Who asks for the head alone must be allowed what the whole needs.
  const wanted = method === 'HEAD' ? 'GET' : method;
  const route = monitoringRoutes.find((each) => each.method === wanted && isMeant(each.path, names));
  return route === undefined ? null : { ...route, path: `/${names.map(encodeURIComponent).join('/')}` };
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** Dots would lead to another route, since addresses are resolved before they are asked. */
function isName(name: string | null): name is string {
  return name !== null && name !== '' && name !== '.' && name !== '..' && name.length <= LONGEST_SEGMENT;
}

function isMeant(path: string, names: readonly string[]): boolean {
  const pattern = path.split('/').slice(1);
  return (
    pattern.length === names.length && pattern.every((part, i) => part.startsWith(':') || part === names[i])
  );
}
