import type { Alert, PostedAlert } from './model.ts';

/**
 * Takes what a post says into the alert that fires already, by Alertmanager's rules for two posts whose times
 * overlap: the newer's annotations and link, the earlier start; the newer's end if that is over, else the later of
 * both ends where the older's was the sender's word. An alert that had no end gets the sender's, but no time-out.
 */
export function merge(alert: Alert, post: PostedAlert, now: number): void {
  const isOver = post.endsAt !== null && post.endsAt <= now;
  // The end of something has little to say of it: what is not said anew stays.
  alert.annotations = isOver ? { ...alert.annotations, ...post.annotations } : post.annotations;
  alert.generator_url = post.generatorUrl;
  alert.starts_at = Math.min(alert.starts_at, post.startsAt);
  if (isOver || !keepsEnd(alert, post)) {
    alert.ends_at = post.endsAt;
    alert.timed_out = post.timedOut ? 1 : 0;
  }
  alert.updated_at = now;
}

function keepsEnd(alert: Alert, post: PostedAlert): boolean {
  if (alert.timed_out === 1) return false;
  if (alert.ends_at === null) return post.timedOut;
  return post.endsAt !== null && alert.ends_at > post.endsAt;
}
