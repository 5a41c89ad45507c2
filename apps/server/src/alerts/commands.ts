import type { Tx } from '../store/tx.ts';
import type { AlertPorts } from './announce.ts';
import type { PostedAlert } from './model.ts';
import { postAlerts } from './post.ts';
import { reviewAlerts } from './review.ts';

/** The writes of alerts that nobody needs to answer for. */
export function alertCommands(ports: AlertPorts) {
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
    'alerts.review': { each: (tx: Tx, _: null) => reviewAlerts(tx, ports) },
  } as const;
}
