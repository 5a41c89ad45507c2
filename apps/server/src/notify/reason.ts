/** Why a message comes, and who said so: the job of a check, or a probe of ours. */
import type { Message } from './message.ts';
import { failureWords, probeFailureIn } from './texts/probe-failure.ts';
import type { Texts } from './texts/texts.ts';

/** Why: what the alert says itself, else what the check's flip means. */
export function reasonText(message: Message, texts: Texts): string {
  const { alert, summary, reason } = message;
  if (alert?.drill === true) return texts.drillNote;
  return summary ?? (isProbed(message) ? probeReason(message, texts) : texts.reason[reason]);
}

/** What stands above the last words of whoever reports for the check. */
export function bodyTitle(message: Message, texts: Texts): string {
  return isProbed(message) ? texts.probe.bodyTitle : texts.bodyTitle;
}

function isProbed({ lastPing }: Message): boolean {
  return lastPing?.scheme === 'probe';
}

function probeReason({ reason, alert }: Message, texts: Texts): string {
  if (reason !== 'fail') return texts.probe.reason[reason];
  const failure = probeFailureIn(alert?.annotations ?? {});
  return failure === null
    ? texts.probe.reason.fail
    : texts.probe.found(failureWords(failure, texts.language));
}
