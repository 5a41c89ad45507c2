import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProbeKind } from '@vigie/contract';
import { changedKeys, creationOf, newDraft, onTop, patchOf, type ServiceDraft } from './draft.ts';
import { NEW_THRESHOLD, thresholdDraft, thresholdOf } from './threshold-draft.ts';

const TCP: ProbeKind = {
  kind: 'tcp',
  name: 'TCP',
  interval: 60,
  timeout: 5,
  thresholds: [],
  settings_schema: {
    properties: {
      host: { type: 'string' },
      port: { type: 'integer' },
      password: { type: 'string', secret: true },
    },
    required: ['host', 'port'],
  },
};

const draft = (patch: Partial<ServiceDraft>): ServiceDraft => ({ ...newDraft(TCP, 'production'), ...patch });
const base = draft({ settings: { host: 'db', port: '5432', password: '' }, tags: 'sql', tier: 1 });

describe('the draft of a service', () => {
  it('leaves the pace of a new one to its tier and kind', () => {
    assert.deepEqual(creationOf(base, TCP), {
      kind: 'tcp',
      settings: { host: 'db', port: 5432 },
      name: 'TCP',
      slug: 'tcp',
      description: '',
      environment: 'production',
      failures: 1,
      tags: ['sql'],
      tier: 1,
      thresholds: null,
      channels: [],
      depends_on: [],
    });
  });

  it('tells a pace that somebody sets', () => {
    const { interval, timeout, grace } = creationOf(
      draft({ pace: { interval: 30, timeout: '0.5', grace: 60 } }),
      TCP,
    );
    assert.deepEqual([interval, timeout, grace], [30, 0.5, 60]);
  });

  const changes: [string, Partial<ServiceDraft>, object][] = [
    ['a name alone', { name: 'Db' }, { name: 'Db' }],
    [
      'settings without the secret',
      { settings: { host: 'b', port: '1', password: '' } },
      { settings: { host: 'b', port: 1 } },
    ],
    ['tags with the tier that is one of them', { tags: 'sql x' }, { tags: ['sql', 'x'], tier: 1 }],
    ['that there is no tier any more', { tier: null }, { tags: ['sql'] }],
    ['thresholds of the kind', { thresholds: null }, {}],
  ];
  for (const [name, patch, body] of changes) {
    it(`changes ${name}`, () => {
      const after = { ...base, ...patch };
      assert.deepEqual(patchOf(after, changedKeys(base, after), TCP), body);
    });
  }

  it('keeps both changes where two people changed different parts', () => {
    const theirs = { ...base, name: 'Theirs', failures: 3 };
    const mine = { ...base, name: 'Mine', tags: 'mine' };
    const { name, failures, tags } = onTop(base, theirs, mine);
    assert.deepEqual([name, failures, tags], ['Mine', 3, 'mine']);
  });
});

describe('the draft of a threshold', () => {
  it('says what it was made of', () => {
    const whole = {
      metric: 'pg_up',
      labels: { db: 'a', x: 'b=c' },
      op: '<=',
      warning: 0.5,
      critical: 0,
      for: 2,
    } as const;
    assert.deepEqual(thresholdOf(thresholdDraft(whole)), whole);
    assert.equal(thresholdDraft(whole).labels, 'db=a, x=b=c');
  });

  it('leaves out what is empty', () => {
    const given = { ...NEW_THRESHOLD, metric: ' a ', warning: '1', for: '' };
    assert.deepEqual(thresholdOf(given), { metric: 'a', op: '>', warning: 1 });
  });
});
