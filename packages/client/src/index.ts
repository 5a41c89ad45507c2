/**
 * Reports jobs, endpoints and queues to Vigie, or to Healthchecks, and manages their checks. No dependencies;
 * Node.js 18 and above, Deno, Bun, browsers. `@vigie/client/env-file` holds what needs files.
 */
export { ApiError } from './api.ts';
export type { Check, CheckSpec, CheckStatus, Checks, Flip, LoggedPing } from './checks.ts';
export {
  type CheckName,
  type Client,
  type ClientOptions,
  createClient,
  type PingOptions,
  type ShownSettings,
} from './client.ts';
export type { AsyncMethod, MethodDecorator } from './decorate.ts';
export { defaultClient } from './default-client.ts';
export { countError } from './endpoints/count-error.ts';
export type { EndpointOptions } from './endpoints/endpoint-options.ts';
export { expressMonitor } from './endpoints/express.ts';
export { fastifyMonitor } from './endpoints/fastify.ts';
export { honoMonitor } from './endpoints/hono.ts';
export { monitorEndpoint, type OneEndpointOptions } from './endpoints/monitor-endpoint.ts';
export { Unreachable } from './http.ts';
export type { Log } from './log.ts';
export { exposition } from './metrics/exposition.ts';
export type { Labels, Registry } from './metrics/registry.ts';
export type { CheckDefinition, UuidFile } from './provision.ts';
export { monitorQueueJob, type QueueJob, type QueueJobOptions } from './queues/monitor-queue-job.ts';
export type { Kind, NamedTarget, Outcome, Target } from './report.ts';
export { type Settings, SettingsError, settingsFrom, type Variables } from './settings.ts';
export { type Assertion, every, hasStatus, rowsBetween, versionGrows } from './tasks/assertions.ts';
export type { Measures } from './tasks/measures.ts';
export { monitorScheduledTask, type ScheduledTaskOptions } from './tasks/monitor-scheduled-task.ts';
export { monitorTask } from './tasks/monitor-task.ts';
export type { TaskOptions } from './tasks/task-options.ts';
