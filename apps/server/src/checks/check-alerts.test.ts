import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckNames, labelsOf } from './check-alerts.ts';

const CHECK: CheckNames = {
  id: 1,
  name: 'Nightly backup',
  slug: 'nightly-backup',
  tags: '',
  environment: 'production',
  unique_key: 'k'.repeat(40),
  project_id: 1,
  policies: '',
  project: 'Shop',
};

const PLAIN = {
  alertname: 'CheckDown',
  check: 'Nightly backup',
  check_key: CHECK.unique_key,
  slug: 'nightly-backup',
  project: 'Shop',
  environment: 'production',
  severity: 'error',
};

const CASES: [string, Partial<CheckNames>, Record<string, string>][] = [
  ['a check as it is', {}, {}],
  ['tags of no form', { tags: 'prod db' }, { tags: 'prod db' }],
  ['tier 1', { tags: 'tier1' }, { tags: 'tier1', tier: '1', severity: 'critical' }],
  ['tier 2', { tags: 'tier2' }, { tags: 'tier2', tier: '2', severity: 'warning' }],
  ['tier 3', { tags: 'tier3' }, { tags: 'tier3', tier: '3' }],
  [
    'the first of two tiers',
    { tags: 'tier2 tier1' },
    { tags: 'tier2 tier1', tier: '2', severity: 'warning' },
  ],
  [
    'a severity of its own',
    { tags: 'tier1 severity=info' },
    { tags: 'tier1 severity=info', tier: '1', severity: 'info' },
  ],
  ['a label by a colon', { tags: 'team:web' }, { tags: 'team:web', team: 'web' }],
  [
    'a value with both signs',
    { tags: 'url=http://x:1/?a=b' },
    { tags: 'url=http://x:1/?a=b', url: 'http://x:1/?a=b' },
  ],
  ['the last of two', { tags: 'team=a team=b' }, { tags: 'team=a team=b', team: 'b' }],
  ['no name of a label', { tags: '1a=b a-b=c =d e= é=f' }, { tags: '1a=b a-b=c =d e= é=f' }],
  ['unicode in a value', { tags: 'team=équipe_日本' }, { tags: 'team=équipe_日本', team: 'équipe_日本' }],
  ['another alert name', { tags: 'alertname=x' }, { tags: 'alertname=x' }],
  ['another project', { tags: 'project=evil' }, { tags: 'project=evil' }],
  ['another environment', { tags: 'environment=dev' }, { tags: 'environment=dev' }],
  ['another check', { tags: 'check=x check_key=y' }, { tags: 'check=x check_key=y' }],
  ['tags in a tag', { tags: 'tags=x' }, { tags: 'tags=x' }],
  ['a tier in a label', { tags: 'tier=1' }, { tags: 'tier=1' }],
  ['what every object has', { tags: 'constructor=x' }, { tags: 'constructor=x', constructor: 'x' }],
  ['spaces around', { tags: '  a  b ' }, { tags: 'a b' }],
];

for (const [name, own, more] of CASES) {
  test(`labels: ${name}`, () => {
    assert.deepEqual(labelsOf({ ...CHECK, ...own }, 'CheckDown'), { ...PLAIN, ...more });
  });
}

test('a check without a name is called by its slug, and one without both is called unnamed', () => {
  const { check, slug } = labelsOf({ ...CHECK, name: '' }, 'CheckDown');
  assert.deepEqual([check, slug], ['nightly-backup', 'nightly-backup']);
  const bare = labelsOf({ ...CHECK, name: '', slug: '', tags: 'slug=evil' }, 'CheckDown');
  assert.deepEqual([bare['check'], bare['slug']], ['unnamed', undefined]);
});

test('a hundred tags are a hundred labels', () => {
  const tags = Array.from({ length: 100 }, (_, i) => `l${i}=v${i}`);
  const labels = labelsOf({ ...CHECK, tags: tags.join(' ') }, 'CheckDown');
  assert.equal(Object.keys(labels).length, 100 + Object.keys(PLAIN).length + 1);
  assert.equal(labels['l99'], 'v99');
});

test('a tag named like the prototype of objects is a label and no more', () => {
  const labels = labelsOf({ ...CHECK, tags: '__proto__=x' }, 'CheckDown');
  assert.equal(Object.getPrototypeOf(labels), Object.prototype);
  assert.deepEqual(Object.getOwnPropertyDescriptor(labels, '__proto__')?.value, 'x');
});
