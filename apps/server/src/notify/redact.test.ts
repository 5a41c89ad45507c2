import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redact, secretsIn } from './redact.ts';

const settings = {
  url: 'https://hooks.example.com/services/T000/B000/abcdefghijklmnop?token=querysecret',
  headers: { Authorization: 'Bearer sesame-open', 'X-Short': 'abc' },
  language: 'en',
};
const secrets = secretsIn(new Set(['url', 'headers']), settings);

test('secrets are masked wherever and in whatever part they are repeated', () => {
  const cases: [string, string][] = [
    [`no route for ${settings.url}`, 'no route for ***'],
    ['no route for /services/T000/B000/abcdefghijklmnop?token=querysecret', 'no route for ***'],
    ['no route for /services/T000/B000/abcdefghijklmnop', 'no route for ***'],
    ['unknown token abcdefghijklmnop', 'unknown token ***'],
    ['token querysecret expired', 'token *** expired'],
    ['got "Bearer sesame-open"', 'got "***"'],
    ['hooks.example.com said: services closed, abc, en', 'hooks.example.com said: services closed, abc, en'],
  ];
  for (const [text, expected] of cases) assert.equal(redact(text, secrets), expected);
});
