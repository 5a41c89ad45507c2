/** Services as the native API shows them. */
import type { ProbeRunView, Service } from '@vigie/contract';
import type { PresentedCheck } from '../../checks/manage.ts';
import { tagsOf } from '../../checks/search.ts';
import { statusAt } from '../../checks/status.ts';
import { runMessage } from '../../explain/words/alert-summary.ts';
import { typeset } from '../../explain/words/typeset.ts';
import { shownSettings } from '../../kind-settings.ts';
import type { Language } from '../../notify/texts/texts.ts';
import type { Reason } from '../../probes/failure.ts';
import { thresholdsOf } from '../../probes/model.ts';
import { instanceOfProbe } from '../../probes/owners.ts';
import { findProbeKind } from '../../probes/probe-kinds.ts';
import type { StoredService } from '../../probes/read-services.ts';
import type { ProbeResult } from '../../probes/run-once.ts';
import { serviceState } from '../../probes/service-state.ts';
import { tierOf } from '../../probes/tiers.ts';
import { type CheckView, checkId } from './check-views.ts';
import { instant, instantOrNull, seconds } from './format.ts';

/** What of whoever asks decides how a service is shown. */
export interface ServiceView extends CheckView {
  language: Language;
}

export function presentService(service: StoredService, check: PresentedCheck, view: ServiceView): Service {
  const { probe, state } = service;
  const { grant, now } = view;
  const kind = findProbeKind(probe.kind);
  const status = statusAt(check, now);
  const mayWrite = grant.may('check.write');
  const shown = kind === undefined ? null : shownSettings(kind, probe.settings);
  return {
    id: checkId(check, grant),
    project: view.project.code,
    name: check.name,
    slug: check.slug,
    tags: tagsOf(check),
    environment: check.environment,
    tier: tierOf(tagsOf(check)),
    kind: probe.kind,
    instance: instanceOfProbe(probe.kind, probe.settings),
    settings: mayWrite ? (shown?.settings ?? {}) : {},
    secrets: mayWrite ? (shown?.secrets ?? []) : [],
    interval: seconds(probe.interval),
    timeout: seconds(probe.timeout),
    grace: check.grace,
    failures: probe.failures,
    thresholds: [...thresholdsOf(probe, kind)],
    own_thresholds: probe.thresholds !== '',
    state: serviceState(service, status),
    status: status as Service['status'],
    down_since: instantOrNull(check.down_since),
    last_run: state === null ? null : presentStored(state, view.language),
    warnings: [...(state?.warned ?? [])],
    depends_on: check.dependsOn.map((parent) => checkId(parent, grant)),
    revision: check.revision,
  };
}

/** What a list of very many shows of one: how it is, not all that was measured. */
export function briefService(service: Service): Service {
  const { last_run: run } = service;
  return {
    ...service,
    settings: {},
    secrets: [],
    last_run: run === null ? null : { ...run, phases: [], measurements: [], details: {} },
  };
}

function presentStored(state: NonNullable<StoredService['state']>, language: Language): ProbeRunView {
  const { reason, phase, found, at, duration } = state;
  const message = typeset(runMessage(state, language), language);
  const failure =
    reason === '' ? null : { reason: reason as Reason, message, phase: phase === '' ? null : phase };
  return presentRun({ at, duration, failure, ...found });
}

/** One run, stored or just made. */
export function presentRun({ at, duration, failure, phases, samples, details }: ProbeResult): ProbeRunView {
  return {
    at: instant(at),
    duration: seconds(duration),
    ok: failure === null,
    reason: failure?.reason ?? null,
    message: failure?.message ?? '',
    phase: failure?.phase ?? null,
    phases: phases.map(([name, ms]) => ({ name, duration: seconds(ms) })),
    measurements: samples.map(({ name, labels, value }) => ({ name, labels: { ...labels }, value })),
    details,
  };
}
