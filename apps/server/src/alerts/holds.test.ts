import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Circumstances, type Held, heldText, holdsFrom, holdsOf, holdUntil } from './holds.ts';
import { testOf } from './matchers.ts';

const NOW = 40;
const NOTHING: Circumstances = {
  at: NOW,
  silences: [],
  windows: [],
  dependencies: new Map(),
  flapping: new Map(),
};
const ALERT: Held = {
  project_id: 1,
  check_id: 7,
  flip_id: 'f',
  labels: { severity: 'critical' },
  raised_at: NOW,
};
const always = (): boolean => true;

const silence = (own: object = {}) => ({
  projectId: 1,
  code: 's',
  comment: 'why',
  endsAt: 50,
  test: always,
  ...own,
});
const window = (own: object = {}) => ({
  projectId: 1,
  code: 'w',
  name: 'Sunday',
  endsAt: 60,
  test: always,
  ...own,
});
const parent = { id: 3, code: 'p', name: 'Database', until: 70, isLate: false };
const late = { ...parent, until: NOW + 86_400_000, isLate: true };
const FIVE_MINUTES = 300_000;

const CASES: [string, Partial<Circumstances>, Partial<Held>, string[]][] = [
  ['nothing holds it', {}, {}, []],
  ['a silence', { silences: [silence()] }, {}, ['silence s why 50']],
  ['a silence of another project', { silences: [silence({ projectId: 2 })] }, {}, []],
  ['a silence that does not match', { silences: [silence({ test: () => false })] }, {}, []],
  ['a window', { windows: [window()] }, {}, ['maintenance w Sunday 60']],
  ['a window of another project', { windows: [window({ projectId: 2 })] }, {}, []],
  ['a window for others', { windows: [window({ test: () => false })] }, {}, []],
  ['what it depends on', { dependencies: new Map([[7, [parent]]]) }, {}, ['dependency p Database 70']],
  [
    'what is late, until its verdict',
    { dependencies: new Map([[7, [{ ...late, until: 90 }]]]) },
    {},
    ['dependency p Database 90'],
  ],
  [
    'what is late, for five minutes at most',
    { dependencies: new Map([[7, [late]]]) },
    { raised_at: NOW - 10 },
    [`dependency p Database ${NOW - 10 + FIVE_MINUTES}`],
  ],
  [
    'what is late, and has held it for five minutes',
    { dependencies: new Map([[7, [late]]]) },
    { raised_at: NOW - FIVE_MINUTES },
    [],
  ],
  [
    'what is down, however long',
    { dependencies: new Map([[7, [parent]]]) },
    { raised_at: NOW - FIVE_MINUTES },
    ['dependency p Database 70'],
  ],
  ['what another check depends on', { dependencies: new Map([[8, [parent]]]) }, {}, []],
  ['flapping', { flapping: new Map([[7, { flips: 5, until: 80 }]]) }, {}, ['flapping  5 times down 80']],
  [
    'flapping of the check, not another alert of it',
    { flapping: new Map([[7, { flips: 5, until: 80 }]]) },
    { flip_id: null },
    [],
  ],
  [
    'an alert of no check depends on nothing',
    { dependencies: new Map([[7, [parent]]]) },
    { check_id: null },
    [],
  ],
  [
    'everything at once, each reason by itself',
    {
      silences: [silence(), silence({ code: 's2', endsAt: 90 })],
      windows: [window()],
      dependencies: new Map([[7, [parent, { ...parent, code: 'q' }]]]),
      flapping: new Map([[7, { flips: 5, until: 80 }]]),
    },
    {},
    [
      'silence s why 50',
      'silence s2 why 90',
      'maintenance w Sunday 60',
      'dependency p Database 70',
      'dependency q Database 70',
      'flapping  5 times down 80',
    ],
  ],
];

for (const [name, circumstances, own, expected] of CASES) {
  test(`held back by: ${name}`, () => {
    const holds = holdsOf({ ...ALERT, ...own }, { ...NOTHING, ...circumstances });
    assert.deepEqual(
      holds.map(({ by, id, text, until }) => `${by} ${id} ${text} ${until}`),
      expected,
    );
    assert.deepEqual(holdsFrom(heldText(holds)), holds, 'what a row keeps of them');
  });
}

test('silences and windows are asked about the labels of the alert', () => {
  const seen: unknown[] = [];
  const test = (labels: unknown): boolean => seen.push(labels) > 0;
  holdsOf(ALERT, { ...NOTHING, silences: [silence({ test })], windows: [window({ test })] });
  assert.deepEqual(seen, [ALERT.labels, ALERT.labels]);
});

test('all silences share what the looks at one alert may cost, the oldest first', () => {
  const stored = (value: string): string =>
    JSON.stringify([{ name: 'severity', value, isRegex: true, isEqual: true }]);
  const large = testOf(stored('((.?){100})*'));
  const silences = ['a', 'b', 'c'].map((code) => silence({ code, test: large }));
  const literal = silence({
    code: 'd',
    test: testOf(JSON.stringify([{ name: 'severity', value: 'y', isRegex: false, isEqual: false }])),
  });
  const heldBy = (length: number): string[] => {
    const alert = { ...ALERT, labels: { severity: 'x'.repeat(length) } };
    return holdsOf(alert, { ...NOTHING, silences: [...silences, literal] }).map(({ id }) => id);
  };
  assert.deepEqual(heldBy(50), ['a', 'b', 'c', 'd']);
  assert.deepEqual(heldBy(500), ['a', 'd'], 'what costs nothing is tried all the same');
});

test('the next look is when the last hold ends', () => {
  const holds = holdsOf(ALERT, { ...NOTHING, silences: [silence({ endsAt: 90 })], windows: [window()] });
  assert.equal(holdUntil(holds), 90);
});

test('nothing that holds is the empty text', () => {
  assert.equal(heldText([]), '');
});
