import type { ProbeKind } from '@vigie/contract';
import type { ServiceDraft } from './draft.ts';

/** What parts of the form are given. */
export interface FormPart {
  kind: ProbeKind;
  draft: ServiceDraft;
  change(patch: Partial<ServiceDraft>): void;
  /** What the server says about a field of the API. */
  errorOf(field: string): string | undefined;
}
