import type { Complaint } from './compare.ts';
import type { AnnotationRule, Expected, TextRule } from './script.ts';

/** What a query says besides its result, without the prefixes that the files have. */
export interface Annotations {
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/** Compares the annotations of a query with what is expected of them. */
export function compareAnnotations(expected: Expected, { warnings, infos }: Annotations): Complaint {
  return (
    compareKind(
      'warning',
      expected.warnings,
      warnings.map((text) => `PromQL warning: ${text}`),
    ) ??
    compareKind(
      'info',
      expected.infos,
      infos.map((text) => `PromQL info: ${text}`),
    )
  );
}

function compareKind(kind: string, rule: AnnotationRule, texts: readonly string[]): Complaint {
  if (rule.kind === 'any') return undefined;
  if (rule.kind === 'none')
    return texts.length === 0 ? undefined : `wanted no ${kind}, got:\n${texts.join('\n')}`;
  const unmet = rule.rules.find((each) => !texts.some((text) => each.matches(text)));
  if (unmet !== undefined) return `wanted a ${kind}: ${unmet.text}, got:\n${texts.join('\n') || 'none'}`;
  const unexpected = texts.find((text) => !rule.rules.some((each) => each.matches(text)));
  return unexpected === undefined ? undefined : `got a ${kind} that nothing was said of: ${unexpected}`;
}

const PLACE = /^\d+:\d+: parse error: /;

/** Compares the error of a query with what is expected of it; files give an error's text without its place. */
export function compareFailure(rules: readonly TextRule[], message: string): Complaint {
  const reason = message.replace(PLACE, '');
  const unmet = rules.find((rule) => !(rule.matches(message) || rule.matches(reason)));
  return unmet === undefined ? undefined : `wanted an error: ${unmet.text}, got: ${message}`;
}
