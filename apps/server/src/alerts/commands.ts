import type { Tx } from '../store/tx.ts';
import type { AlertPorts } from './announce.ts';
import type { PostedAlert } from './model.ts';
import { postAlerts } from './post.ts';
import { ActiveAlerts, receiveAlerts } from './receive.ts';
import { reviewAlerts } from './review.ts';

/** The writes of alerts that nobody needs to answer for. */
export function alertCommands(ports: AlertPorts) {
  const active = new ActiveAlerts();
  return {
    /** Posts of several senders at once: one list of outcomes for each. */
    'alerts.post': {
      all: async (tx: Tx, inputs: PostedAlert[][]) => {
        const outcomes = await postAlerts(tx, inputs.flat(), ports);
        let from = 0;
        return inputs.map((posts) => {
          from += posts.length;
          return outcomes.slice(from - posts.length, from);
        });
      },
    },
    /** Posts of others, of a bounded number (alerts/intake.ts). */
    'alerts.receive': { each: (tx: Tx, posts: PostedAlert[]) => receiveAlerts(tx, posts, active, ports) },
    'alerts.review': { each: (tx: Tx, _: null) => reviewAlerts(tx, ports) },
  } as const;
}
