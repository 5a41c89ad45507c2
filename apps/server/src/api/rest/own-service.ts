/** The service that a call names, and how it is shown to who calls. */
import { type Service, serviceSchema } from '@vigie/contract';
import type { PresentedCheck } from '../../checks/manage.ts';
import { AppError } from '../../errors.ts';
import { type StoredService, servicesOf } from '../../probes/read-services.ts';
import type { ProjectCall } from './define.ts';
import { ownCheck } from './own-check.ts';
import { readerLanguage } from './reader-language.ts';
import { presentService } from './service-views.ts';

export const SERVICE = '/api/vigie/services/:check';
export const oneService = { status: 200, description: 'The service', schema: serviceSchema } as const;

export type ServiceCall = ProjectCall<unknown, unknown>;

/** @throws AppError `not_found` where its check is gone. */
export function present(
  call: ServiceCall,
  service: StoredService,
  check: PresentedCheck | undefined,
): Service {
  if (check === undefined) throw new AppError('not_found', 'no such service');
  const { project: owner, grant, context } = call;
  const language = readerLanguage(call);
  const view = { project: owner, grant, language, config: context.config(), now: context.clock.now() };
  return presentService(service, check, view);
}

/** The service that the path names, by its check. @throws AppError `not_found`. */
export async function ownService(
  call: ServiceCall,
): Promise<{ check: PresentedCheck; service: StoredService }> {
  const check = await ownCheck(call);
  return { check, service: await serviceOf(call, check) };
}

/** @throws AppError `not_found`. */
export async function serviceOf(
  { context, project: owner }: ServiceCall,
  check: PresentedCheck,
): Promise<StoredService> {
  const filter = { projectId: owner.id, checkIds: [check.check_id], limit: 1 };
  const [service] = await servicesOf(context.store.db, filter);
  if (service === undefined) throw new AppError('not_found', 'no such service: this check is not probed');
  return service;
}
