import type { ProbeEngine } from '../probes/engine.ts';
import { requireProbeKind } from '../probes/probe-kinds.ts';
import type { TenantsOf } from './configure.ts';

/** The label that names a tenant unless the document says otherwise. */
const LABEL = 'tenant';

/** Reads tenants with one run of a probe: they are the values of one label of what it measures. */
export function probedTenants(engine: Pick<ProbeEngine, 'once'>): TenantsOf {
  return async ({ kind: name, settings: given, label = LABEL, timeout }, { id: projectId }) => {
    const kind = requireProbeKind(name);
    const settings = kind.settings.parse(given);
    const request = { kind: kind.kind, settings, timeout: (timeout ?? kind.timeout) * 1000 };
    const { failure, samples } = await engine.once({ ...request, projectId, checkId: null });
    if (failure !== null) throw new Error(failure.message);
    const names = samples.flatMap(({ labels }) => labels[label] ?? []);
    if (names.length === 0 && samples.some(({ labels }) => Object.keys(labels).length > 0)) {
      throw new Error(`nothing that was measured has the label ${label}`);
    }
    return names;
  };
}
