import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findRoute } from './routes.ts';

describe('a path means a route', () => {
  const cases: [asked: string, meant: string | null][] = [
    ['GET /health', 'null /health'],
    ['HEAD /health', 'null /health'],
    ['GET /status', 'admin /status'],
    ['GET /check/redis', 'user /check/redis'],
    ['GET /check/redis%20cache', 'user /check/redis%20cache'],
    ['GET /check/a%2Fb', 'user /check/a%2Fb'],
    ['GET /check/a%3Fproject=2', 'user /check/a%3Fproject%3D2'],
    ['GET /check/%2561ll', 'user /check/%2561ll'],
    // Whatever the server takes for "all" must be "all" here: users may not ask that.
    ['GET /check/all', 'admin /check/all'],
    ['GET /check/%61ll', 'admin /check/all'],
    ['HEAD /check/%61%6c%6C', 'admin /check/all'],
    ['GET /check/ALL', 'user /check/ALL'],
    ['GET /checks', 'admin /checks'],
    ['POST /checks/one/pause', 'admin /checks/one/pause'],
    ['POST /checks/one/resume', 'admin /checks/one/resume'],
    ['GET /dashboard', 'user /dashboard'],
    ['POST /dashboard', null],
    ['GET /checks/one/pause', null],
    ['POST /checks/one/delete', null],
    ['POST /checks//pause', null],
    ['POST /checks/../pause', null],
    ['GET /check/%2e%2E', null],
    ['GET /check/.', null],
    ['GET /check/', null],
    ['GET /check/redis/', null],
    ['GET /check/%zz', null],
    [`GET /check/${'x'.repeat(501)}`, null],
    ['GET /', null],
    ['GET /health/', null],
    ['GET //health', null],
    ['GET /nothing', null],
    ['OPTIONS /health', null],
  ];
  for (const [asked, meant] of cases) {
    it(`${asked.slice(0, 40)} means ${meant ?? 'nothing'}`, () => {
      const [method = '', path = ''] = asked.split(' ');
      const found = findRoute(method, path.split('/').slice(1));
      assert.equal(found === null ? null : `${found.role} ${found.path}`, meant);
    });
  }
});
