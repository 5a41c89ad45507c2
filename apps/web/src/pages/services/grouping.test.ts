import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Service, ServiceState } from '@vigie/contract';
import { nodesOf, strangersOf, withRoom } from './graph-things.ts';
import { matching, renewed, rowsOf } from './grouping.ts';
import { pendingService } from './pending-service.ts';

function service(name: string, state: ServiceState = 'healthy', more: Partial<Service> = {}): Service {
  return {
    id: name,
    project: 'p',
    name,
    slug: '',
    tags: [],
    environment: 'production',
    tier: null,
    kind: 'tcp',
    instance: `${name}:80`,
    settings: {},
    secrets: [],
    interval: 60,
    timeout: 5,
    grace: 60,
    failures: 1,
    thresholds: [],
    own_thresholds: false,
    state,
    status: 'up',
    down_since: null,
    last_run: null,
    warnings: [],
    depends_on: [],
    revision: 1,
    ...more,
  };
}

const names = (services: readonly Service[]): string => services.map(({ name }) => name).join(' ');

describe('the list of services', () => {
  it('has tiers in their order, those without one last, and in each what hurts first', () => {
    const rows = rowsOf([
      service('loose'),
      service('two', 'healthy', { tier: 2 }),
      service('b', 'healthy', { tier: 1 }),
      service('c', 'unhealthy', { tier: 1 }),
      service('a', 'healthy', { tier: 1 }),
      service('d', 'degraded', { tier: 1 }),
    ]);
    assert.equal(
      rows.map((row) => (row.type === 'tier' ? `[${row.tier}]` : row.service.name)).join(' '),
      '[1] c d a b [2] two [null] loose',
    );
    const [head] = rows;
    assert.deepEqual(head?.type === 'tier' && head.counts, {
      unhealthy: 1,
      degraded: 1,
      unknown: 0,
      healthy: 2,
      paused: 0,
    });
  });

  const all = [
    service('db', 'unhealthy', { kind: 'postgres', tags: ['sql'] }),
    service('web', 'healthy', { kind: 'http' }),
    service('old', 'paused', { kind: 'http', instance: null }),
  ];
  const searches: [string, Parameters<typeof matching>[1], string][] = [
    ['all without a search', {}, 'db web old'],
    ['states', { state: 'unhealthy paused' }, 'db old'],
    ['kinds', { kind: 'http' }, 'web old'],
    ['states and kinds', { state: 'healthy', kind: 'http' }, 'web'],
    ['all words, also of addresses and tags', { q: 'SQL db:80' }, 'db'],
    ['nothing that is like that', { q: 'nowhere' }, ''],
  ];
  for (const [name, search, found] of searches) {
    it(`finds ${name}`, () => assert.equal(names(matching(all, search)), found));
  }

  it('takes what was asked for anew: changed, new and gone', () => {
    const asked = ['db', 'old', 'new'];
    const now = renewed(all, asked, [service('new'), service('db', 'healthy')]);
    assert.equal(names(now), 'db web new');
    assert.equal(now[0]?.state, 'healthy');
  });

  it('shows what is being done as done', () => {
    const one = service('db', 'unhealthy');
    assert.equal(pendingService(one, [])?.state, 'unhealthy');
    assert.equal(pendingService(one, ['pause'])?.state, 'paused');
    assert.equal(pendingService(one, ['pause', 'resume'])?.state, 'unknown');
    assert.equal(pendingService(one, ['pause', 'remove']), null);
  });
});

describe('the things of the picture of dependencies', () => {
  const services = [
    service('api', 'healthy', { depends_on: ['db', 'backup'] }),
    service('db'),
    service('alone'),
    service('web', 'unhealthy', { depends_on: ['cache'] }),
    service('cache'),
  ];

  it('are those that depend or are depended on, checks that are no services among them', () => {
    assert.deepEqual(strangersOf(services), ['backup']);
    assert.deepEqual(
      nodesOf(services, []).map(({ id }) => id),
      ['api', 'db', 'web', 'cache'],
    );
  });

  it('are left out in whole groups where there is no room, those without trouble first', () => {
    const nodes = nodesOf(services, []);
    assert.deepEqual(
      withRoom(nodes, 3).map(({ id }) => id),
      ['web', 'cache'],
    );
    assert.equal(withRoom(nodes, 4).length, 4);
  });
});
