import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page, Ping, TimelineEntry } from '@vigie/contract';
import { entriesOf, type TimelinePages, withNewest } from './timeline-pages.ts';

function entry(n: number): TimelineEntry {
  const at = '2026-11-21T12:00:00.000Z';
  const ping: Ping = {
    n,
    at,
    type: 'success',
    scheme: 'http',
    remote_addr: '',
    method: 'GET',
    user_agent: '',
    rid: null,
    exitstatus: null,
    duration: null,
    size: 0,
  };
  return { kind: 'ping', at, ping };
}

/** Pings from one number down to another. */
function page(from: number, to: number): Page<TimelineEntry> {
  const items = Array.from({ length: from - to + 1 }, (_, i) => entry(from - i));
  return { items, next: to === 1 ? null : `below ${to}` };
}

function known(...pages: Page<TimelineEntry>[]): TimelinePages {
  return { pages, pageParams: [null, ...pages.slice(0, -1).map(({ next }) => next)] };
}

/** The pings of each page, first and last, and where its end leads. */
function shapeOf({ pages }: TimelinePages): string {
  return pages
    .map(({ items, next }) => {
      const numbers = items.map((one) => (one.kind === 'ping' ? one.ping.n : 0));
      return `${numbers[0]}-${numbers.at(-1)} ${next}`;
    })
    .join(', ');
}

describe('the newest page of a time line', () => {
  const cases: [string, TimelinePages | undefined, Page<TimelineEntry>, string][] = [
    ['is all there is at first', undefined, page(9, 7), '9-7 below 7'],
    ['takes the place of the one before', known(page(9, 7)), page(10, 8), '10-8 below 8'],
    [
      'keeps what slid out of it, as older pages follow',
      known(page(9, 7), page(6, 4)),
      page(11, 9),
      '11-7 below 7, 6-4 below 4',
    ],
    ['stands alone after a gap', known(page(9, 7), page(6, 4)), page(13, 11), '13-11 below 11'],
    ['stands alone where it is all', known(page(9, 7), page(6, 4)), page(3, 1), '3-1 null'],
    ['does not grow for ever', known(page(400, 101), page(100, 50)), page(402, 372), '402-372 below 372'],
  ];
  for (const [name, before, newest, expected] of cases) {
    it(name, () => assert.equal(shapeOf(withNewest(before, newest)), expected));
  }

  it('shows an entry once, also where pages overlap', () => {
    const entries = entriesOf({ pages: [page(9, 6), page(7, 4)] });
    assert.equal(shapeOf({ pages: [{ items: entries, next: null }], pageParams: [] }), '9-4 null');
    assert.equal(entries.length, 6);
  });
});
