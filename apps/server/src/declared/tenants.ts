/** Services and checks of each tenant: a template, and who the tenants are. */
import {
  CONFIG_BOUNDS,
  configTenantsSchema,
  type TenantSource,
  tenantSchema,
  tenantSourceSchema,
} from '@vigie/contract';
import { type Fault, inputFaults } from '../input-fault.ts';
import { parseSettings } from '../kind-settings.ts';
import { findProbeKind } from '../probes/probe-kinds.ts';
import { asRecord, type RawEntry, rawEntries } from './raw-entries.ts';

/** What stands for the name of a tenant. */
const TENANT = '${' + 'tenant}';
/** Stands for any tenant where nobody has looked who there is. */
const SOMEBODY = 'tenant';

interface OfTenants {
  services: RawEntry[];
  checks: RawEntry[];
}

/**
 * The entries of all tenants: of those listed, or of `tenants` where they are read from somewhere; null = nobody has
 * looked, and one that stands for all shows what is wrong with the templates.
 */
export function expandTenants(
  section: unknown,
  tenants: readonly string[] | null,
  faults: Fault[],
): OfTenants {
  if (section === undefined || section === null) return { services: [], checks: [] };
  const { services, checks, ...rest } = asRecord(section, ['tenants'], faults);
  const source = configTenantsSchema.safeParse(rest);
  if (!source.success) {
    faults.push(
      ...inputFaults(source.error).map(({ path, reason }) => ({ path: ['tenants', ...path], reason })),
    );
  } else if (source.data.from !== undefined) requireSource(source.data.from, faults);
  const listed = source.success ? source.data.list : [];
  const names = [...new Set(listed ?? tenants ?? [SOMEBODY])];
  return {
    services: expand(services, 'services', names, faults),
    checks: expand(checks, 'checks', names, faults),
  };
}

function requireSource({ kind: name, settings }: TenantSource, faults: Fault[]): void {
  const path = ['tenants', 'from'];
  const kind = findProbeKind(name);
  if (kind === undefined) {
    faults.push({ path: [...path, 'kind'], reason: 'is no kind of probe' });
    return;
  }
  const result = parseSettings(kind, settings);
  if (result.success) return;
  const found = inputFaults(result.error);
  faults.push(...found.map((fault) => ({ ...fault, path: [...path, 'settings', ...fault.path] })));
}

function expand(section: unknown, name: string, tenants: readonly string[], faults: Fault[]): RawEntry[] {
  return rawEntries(section, ['tenants', name], faults).flatMap(({ key, body, path }) => {
    if (!key.includes(TENANT)) {
      faults.push({ path, reason: `must have ${TENANT} in its name, or all tenants had the same` });
      return [];
    }
    const template = JSON.stringify(body);
    return tenants.map((tenant) => ({
      key: key.replaceAll(TENANT, tenant),
      // The name of a tenant has nothing that JSON would escape.
      body: JSON.parse(template.replaceAll(TENANT, tenant)) as unknown,
      path,
    }));
  });
}

/** Where a valid document reads its tenants from; null = from nowhere. */
export function tenantSourceOf(document: unknown): TenantSource | null {
  const section = asRecord(asRecord(document, [], [])['tenants'], [], []);
  return tenantSourceSchema.safeParse(section['from']).data ?? null;
}

/** The tenants that some names are, each once, in order. @throws Error in words, when one can be none. */
export function tenantsFrom(names: readonly string[]): string[] {
  const distinct = [...new Set(names)].sort();
  const wrong = distinct.find((name) => !tenantSchema.safeParse(name).success);
  if (wrong !== undefined) {
    throw new Error(
      `${JSON.stringify(wrong.slice(0, 80))} can be no tenant: letters, digits, _ . and - make a name`,
    );
  }
  if (distinct.length > CONFIG_BOUNDS.tenants) {
    throw new Error(`there are ${distinct.length} tenants; ${CONFIG_BOUNDS.tenants} are the most`);
  }
  return distinct;
}
