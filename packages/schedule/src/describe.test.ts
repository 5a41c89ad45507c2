import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { describe } from './describe.ts';
import { isValidExpression, parseSchedule } from './schedule.ts';
import { ScheduleError } from './schedule-error.ts';

/** French without its non-breaking spaces, which are tested apart. */
function french(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

/** Cases in UTC, which is then left out of the wanted words. */
function assertWords(cases: readonly (readonly [expression: string, en: string, fr: string])[]): void {
  for (const [expression, en, fr] of cases) {
    const schedule = parseSchedule(expression, 'UTC');
    assert.equal(describe(schedule, 'en'), `${en} (UTC)`, expression);
    assert.equal(french(describe(schedule, 'fr')), `${fr} (UTC)`, expression);
  }
}

test('a period', () => {
  for (const [timeout, en, fr] of [
    [1, 'Every second', 'Toutes les secondes'],
    [90, 'Every 90 seconds', 'Toutes les 90 secondes'],
    [60, 'Every minute', 'Toutes les minutes'],
    [5400, 'Every 90 minutes', 'Toutes les 90 minutes'],
    [3600, 'Every hour', 'Toutes les heures'],
    [86_400, 'Every day', 'Tous les jours'],
    [129_600, 'Every 36 hours', 'Toutes les 36 heures'],
    [604_800, 'Every week', 'Toutes les semaines'],
    [2_592_000, 'Every 30 days', 'Tous les 30 jours'],
    [31_536_000, 'Every 365 days', 'Tous les 365 jours'],
    [
      95_400,
      'At intervals of 1 day, 2 hours and 30 minutes',
      'À intervalles de 1 jour, 2 heures et 30 minutes',
    ],
    [3601, 'At intervals of 1 hour and 1 second', 'À intervalles de 1 heure et 1 seconde'],
  ] as const) {
    assert.equal(describe({ kind: 'simple', timeout }, 'en'), en);
    assert.equal(french(describe({ kind: 'simple', timeout }, 'fr')), fr);
  }
  assert.throws(() => describe({ kind: 'simple', timeout: 0.5 }, 'en'), ScheduleError);
});

test('times of day', () => {
  assertWords([
    ['0 9 * * *', 'Every day at 09:00', 'Tous les jours à 9 h'],
    ['0 0 * * *', 'Every day at 00:00', 'Tous les jours à minuit'],
    ['5 12,18 * * *', 'Every day at 12:05 and 18:05', 'Tous les jours à 12 h 05 et à 18 h 05'],
    ['0 0,12,13 * * *', 'Every day at 00:00, 12:00 and 13:00', 'Tous les jours à minuit, à midi et à 13 h'],
    [
      '0 */6 * * *',
      'Every day at 00:00, 06:00, 12:00 and 18:00',
      'Tous les jours à minuit, à 6 h, à midi et à 18 h',
    ],
    ['10:00:30', 'Every day at 10:00:30', 'Tous les jours à 10 h 00 min 30 s'],
    [
      '0 1,2,5,9,14 * * *',
      'Every day at 01:00, 02:00, 05:00, 09:00 and 14:00',
      'Tous les jours à 1 h, à 2 h, à 5 h, à 9 h et à 14 h',
    ],
  ]);
});

test('a rhythm all day', () => {
  assertWords([
    ['*/10 * * * *', 'Every 10 minutes', 'Toutes les 10 minutes'],
    ['0-50/10 * * * *', 'Every 10 minutes', 'Toutes les 10 minutes'],
    [
      '5/10 * * * *',
      'Every 10 minutes, starting 5 minutes past the hour',
      'Toutes les 10 minutes à partir de la minute 5',
    ],
    ['0 * * * *', 'Every hour on the hour', "Toutes les heures, à l'heure pile"],
    ['30 * * * *', 'Every hour, 30 minutes past the hour', 'Toutes les heures, à la minute 30'],
    [
      '*:30:15',
      'Every hour, 30 minutes and 15 seconds past the hour',
      'Toutes les heures, à la minute 30 et 15 secondes',
    ],
    ['*:*:15', 'Every minute, 15 seconds past the minute', 'Toutes les minutes, à la seconde 15'],
    [
      '*:*:5/10',
      'Every 10 seconds, starting 5 seconds past the minute',
      'Toutes les 10 secondes à partir de la seconde 5',
    ],
    [
      '*:0/10:15',
      'Every 10 minutes, starting 15 seconds past the hour',
      'Toutes les 10 minutes à partir de la seconde 15',
    ],
    ['0 */4 * * *', 'Every 4 hours from 00:00', 'Toutes les 4 heures à partir de minuit'],
    ['30 1/4 * * *', 'Every 4 hours from 01:30', 'Toutes les 4 heures à partir de 1 h 30'],
  ]);
});

test('a rhythm within part of the day', () => {
  assertWords([
    [
      '0 9-17 * * *',
      'Every hour from 09:00 to 17:00, every day',
      'Toutes les heures de 9 h à 17 h, tous les jours',
    ],
    [
      '* 9 * * *',
      'Every minute from 09:00 to 09:59, every day',
      'Toutes les minutes de 9 h à 9 h 59, tous les jours',
    ],
    [
      '*/10 0,12 * * *',
      'Every 10 minutes from 00:00 to 00:50 and from 12:00 to 12:50, every day',
      'Toutes les 10 minutes de minuit à 0 h 50 et de midi à 12 h 50, tous les jours',
    ],
    [
      '5-50/5 9 * * *',
      'Every 5 minutes from 09:05 to 09:50, every day',
      'Toutes les 5 minutes de 9 h 05 à 9 h 50, tous les jours',
    ],
    [
      '0 */5 * * *',
      'Every 5 hours from 00:00 to 20:00, every day',
      'Toutes les 5 heures de minuit à 20 h, tous les jours',
    ],
    [
      '9..17:*:0/15',
      'Every 15 seconds from 09:00 to 17:59:45, every day',
      'Toutes les 15 secondes de 9 h à 17 h 59 min 45 s, tous les jours',
    ],
  ]);
});

test('times without a rhythm', () => {
  assertWords([
    ['5,10,25 * * * *', 'At minutes 5, 10 and 25 of every hour', 'Aux minutes 5, 10 et 25 de chaque heure'],
    [
      '*/7 * * * *',
      'At minutes 0, 7, 14, …, 56 of every hour',
      'Aux minutes 0, 7, 14, …, 56 de chaque heure',
    ],
    [
      '0-10,30 * * * *',
      'At minutes 0 to 10 and 30 of every hour',
      'Aux minutes 0 à 10 et 30 de chaque heure',
    ],
    [
      '5,7,9 1-5 * * *',
      'At minutes 5, 7 and 9 of hours 1 to 5, every day',
      'Aux minutes 5, 7 et 9 des heures 1 à 5, tous les jours',
    ],
    [
      '*/10 */2 * * *',
      'Every 10 minutes during hours 0, 2, 4, …, 22, every day',
      'Toutes les 10 minutes pendant les heures 0, 2, 4, …, 22, tous les jours',
    ],
    ['*:*:5,7', 'At seconds 5 and 7 of every minute', 'Aux secondes 5 et 7 de chaque minute'],
    [
      '9:*:5,7,9',
      'At seconds 5, 7 and 9 of every minute of hour 9, every day',
      "Aux secondes 5, 7 et 9 de chaque minute de l'heure 9, tous les jours",
    ],
    [
      '1:2:*',
      'Every second during minute 2 of hour 1, every day',
      "Toutes les secondes pendant la minute 2 de l'heure 1, tous les jours",
    ],
    [
      '*:0/15:0/30',
      'Every 30 seconds during minutes 0, 15, 30 and 45 of every hour',
      'Toutes les 30 secondes pendant les minutes 0, 15, 30 et 45 de chaque heure',
    ],
    [
      '*:5:1,2',
      'At seconds 1 and 2 of minute 5 of every hour',
      'Aux secondes 1 et 2 de la minute 5 de chaque heure',
    ],
  ]);
});

test('weekdays', () => {
  assertWords([
    ['0 9 * * 1-5', 'Monday to Friday at 09:00', 'Du lundi au vendredi à 9 h'],
    ['0 9 * * 0', 'Every Sunday at 09:00', 'Tous les dimanches à 9 h'],
    ['0 9 * * 6,0', 'Every Saturday and Sunday at 09:00', 'Tous les samedis et dimanches à 9 h'],
    ['0 9 * * 5-7', 'Friday to Sunday at 09:00', 'Du vendredi au dimanche à 9 h'],
    [
      'Mon,Tue,Wed,Sat 9:0',
      'Every Monday, Tuesday, Wednesday and Saturday at 09:00',
      'Tous les lundis, mardis, mercredis et samedis à 9 h',
    ],
    [
      '*/15 9-17 * * 1-5',
      'Every 15 minutes from 09:00 to 17:45, Monday to Friday',
      'Toutes les 15 minutes de 9 h à 17 h 45, du lundi au vendredi',
    ],
    ['*/15 * * * 1', 'Every 15 minutes, every Monday', 'Toutes les 15 minutes, tous les lundis'],
    ['0 9 * * MON#1', 'On the first Monday of every month at 09:00', 'Le premier lundi de chaque mois à 9 h'],
    ['0 9 * * 5L', 'On the last Friday of every month at 09:00', 'Le dernier vendredi de chaque mois à 9 h'],
    [
      '0 9 * * 2,1#1,3#5',
      'Every Tuesday and on the first Monday and the fifth Wednesday of every month at 09:00',
      'Tous les mardis et le premier lundi et le cinquième mercredi de chaque mois à 9 h',
    ],
    [
      '0 9 * 6 1,5L',
      'Every Monday in June and on the last Friday of June at 09:00',
      'Tous les lundis en juin et le dernier vendredi de juin à 9 h',
    ],
  ]);
});

test('dates', () => {
  assertWords([
    ['0 0 1 * *', 'On the 1st of every month at 00:00', 'Le 1er de chaque mois à minuit'],
    ['0 0 1,15 * *', 'On the 1st and 15th of every month at 00:00', 'Les 1er et 15 de chaque mois à minuit'],
    [
      '0 0 2,3,11,12,13,21,22,23 * *',
      'On the 2nd and 3rd, from the 11th to the 13th and from the 21st to the 23rd of every month at 00:00',
      'Les 2 et 3, du 11 au 13 et du 21 au 23 de chaque mois à minuit',
    ],
    ['0 0 1-7 * *', 'From the 1st to the 7th of every month at 00:00', 'Du 1er au 7 de chaque mois à minuit'],
    [
      '0 0 */2 * *',
      'Every 2 days from the 1st to the 31st of every month at 00:00',
      'Tous les 2 jours du 1er au 31 de chaque mois à minuit',
    ],
    ['0 0 L * *', 'On the last day of every month at 00:00', 'Le dernier jour de chaque mois à minuit'],
    [
      '0 0 1,L * *',
      'On the 1st and last day of every month at 00:00',
      'Le 1er et le dernier jour de chaque mois à minuit',
    ],
    [
      '0 0 LW * *',
      'On the last weekday (Monday to Friday) of every month at 00:00',
      'Le dernier jour ouvré (du lundi au vendredi) de chaque mois à minuit',
    ],
    [
      '*-*~2',
      'On the 2nd-to-last day of every month at 00:00',
      "L'avant-dernier jour de chaque mois à minuit",
    ],
    ['*-*~7/1', 'On the last 7 days of every month at 00:00', 'Les 7 derniers jours de chaque mois à minuit'],
    [
      '*-*~1,3',
      'On the 3rd-to-last and last day of every month at 00:00',
      'Le 3e jour en partant de la fin et le dernier jour de chaque mois à minuit',
    ],
    [
      '*-*~2..9',
      'On the 9th-to-last to 2nd-to-last day of every month at 00:00',
      'Du 9e au 2e jour en partant de la fin de chaque mois à minuit',
    ],
  ]);
});

test('months and years', () => {
  assertWords([
    ['0 0 1 1 *', 'Every year on the 1st of January at 00:00', 'Chaque année le 1er janvier à minuit'],
    [
      '0 0 1,15 1 *',
      'Every year on the 1st and 15th of January at 00:00',
      'Chaque année les 1er et 15 janvier à minuit',
    ],
    [
      'quarterly',
      'On the 1st of January, April, July and October at 00:00',
      'Le 1er des mois de janvier, avril, juillet et octobre à minuit',
    ],
    [
      '0 0 1 4,10 *',
      'On the 1st of April and October at 00:00',
      "Le 1er des mois d'avril et octobre à minuit",
    ],
    [
      '0 0 1 8-10 *',
      'On the 1st of every month from August to October, at 00:00',
      "Le 1er de chaque mois d'août à octobre, à minuit",
    ],
    ['0 9 * 6 *', 'Every day in June at 09:00', 'Tous les jours en juin à 9 h'],
    ['0 9 * 6-8 1', 'Every Monday from June to August, at 09:00', 'Tous les lundis de juin à août, à 9 h'],
    [
      '0 * * 7 *',
      'Every hour on the hour, every day in July',
      "Toutes les heures, à l'heure pile, tous les jours en juillet",
    ],
    ['*-02~1', 'On the last day of February at 00:00', 'Le dernier jour de février à minuit'],
    [
      '*-10~3',
      'On the 3rd-to-last day of October at 00:00',
      "Le 3e jour en partant de la fin d'octobre à minuit",
    ],
    ['2026-01-01', 'On the 1st of January 2026 at 00:00', 'Le 1er janvier 2026 à minuit'],
    [
      '2026,2028-01-01',
      'On the 1st of January in 2026 and 2028, at 00:00',
      'Le 1er janvier en 2026 et 2028, à minuit',
    ],
    [
      '2026..2030-06-01',
      'On the 1st of June from 2026 to 2030, at 00:00',
      'Le 1er juin de 2026 à 2030, à minuit',
    ],
    ['2026-*-*', 'Every day in 2026 at 00:00', 'Tous les jours en 2026 à minuit'],
    [
      '2024/2-1-1',
      'On the 1st of January in 2024, 2026, 2028, …, 2198, at 00:00',
      'Le 1er janvier en 2024, 2026, 2028, …, 2198, à minuit',
    ],
  ]);
});

test('dates and weekdays together', () => {
  assertWords([
    [
      '0 9 13 * 5',
      'On the 13th of every month and every Friday at 09:00',
      'Le 13 de chaque mois et tous les vendredis à 9 h',
    ],
    [
      '0 9 13 6 5',
      'On the 13th of June and every Friday in June at 09:00',
      'Le 13 juin et tous les vendredis en juin à 9 h',
    ],
    [
      '0 9 13 * */5',
      'On the 13th of every month, only if it is a Friday or a Sunday, at 09:00',
      "Le 13 de chaque mois, uniquement si c'est un vendredi ou un dimanche, à 9 h",
    ],
    [
      '0 9 */2 * 1-5',
      'Every 2 days from the 1st to the 31st of every month, only from Monday to Friday, at 09:00',
      'Tous les 2 jours du 1er au 31 de chaque mois, uniquement du lundi au vendredi, à 9 h',
    ],
    [
      '0 9 */9 * 1#1',
      'On the 1st, 10th, 19th and 28th of every month, only if it is the first Monday of the month, at 09:00',
      "Les 1er, 10, 19 et 28 de chaque mois, uniquement si c'est le premier lundi du mois, à 9 h",
    ],
    [
      'Mon *-05~07/1',
      'On the last 7 days of May, only if it is a Monday, at 00:00',
      "Les 7 derniers jours de mai, uniquement si c'est un lundi, à minuit",
    ],
    ['0 9 1-31 * 5', 'Every day at 09:00', 'Tous les jours à 9 h'],
    ['0 9 13 * 0-6', 'Every day at 09:00', 'Tous les jours à 9 h'],
    ['0 9 */1 * 5', 'Every Friday at 09:00', 'Tous les vendredis à 9 h'],
  ]);
});

test('the zone is named where it matters, after each line where they differ', () => {
  for (const [expression, want] of [
    ['* * * * *', 'Every minute'],
    ['*:*:*', 'Every second'],
    ['0 9 * * *', 'Every day at 09:00 (Europe/Kyiv)'],
    ['09:00 Asia/Tokyo', 'Every day at 09:00 (Asia/Tokyo)'],
    ['daily\nMon 12:00', 'Every day at 00:00; every Monday at 12:00 (Europe/Kyiv)'],
    ['daily Europe/Kiev\nMon 12:00', 'Every day at 00:00; every Monday at 12:00 (Europe/Kyiv)'],
    ['daily\nMon 12:00 UTC', 'Every day at 00:00 (Europe/Kyiv); every Monday at 12:00 (UTC)'],
    ['minutely\n9:0:30', 'Every minute; every day at 09:00:30 (Europe/Kyiv)'],
  ] as const) {
    assert.equal(describe(parseSchedule(expression, 'Europe/Kiev'), 'en'), want, expression);
  }
});

test('French does not break a line between a number and its unit, or before a semicolon', () => {
  const schedule = parseSchedule('9:05\n*:0/10', 'Europe/Paris');
  const want = 'Tous les jours à 9\u00a0h\u00a005\u00a0; toutes les 10\u00a0minutes (Europe/Paris)';
  assert.equal(describe(schedule, 'fr'), want);
});

test('no expression leaves a hole in the words', (t) => {
  const seed = 20_260_103;
  t.diagnostic(`seed ${seed}`);
  const field = (min: number, max: number, ...more: string[]) => {
    const value = fc.integer({ min, max });
    const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
    const step = fc.integer({ min: 1, max: 20 }).map((size) => `*/${size}`);
    return fc.array(fc.oneof(value.map(String), range, step, fc.constantFrom('*', ...more)), {
      minLength: 1,
      maxLength: 3,
    });
  };
  const fields = [
    field(0, 59),
    field(0, 23),
    field(1, 28, 'L', 'LW'),
    field(1, 12),
    field(0, 7, '5L', '1#1', '0#5'),
  ];
  const property = fc.property(fc.tuple(...fields), (lists) => {
    const expression = lists.map((items) => items.join(',')).join(' ');
    fc.pre(isValidExpression(expression));
    for (const language of ['en', 'fr'] as const) {
      const words = describe(parseSchedule(expression, 'UTC'), language);
      assert.doesNotMatch(
        words,
        /undefined|null|NaN| {2}| ,|\(\)|\b(?:and|et|or|ou|of|de|the|le|at|à) (?:\(|$)/,
        expression,
      );
    }
  });
  fc.assert(property, { seed, numRuns: 1500 });
});
