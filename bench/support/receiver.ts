/** Takes webhooks and remembers when the first for each path came. Prints its port; `report` tells all. */
import { createServer } from 'node:http';

const arrivals = new Map<string, number>();
let doubled = 0;

const server = createServer((request, response) => {
  const code = (request.url ?? '').slice(1);
  if (arrivals.has(code)) doubled += 1;
  else arrivals.set(code, Date.now());
  request.resume();
  response.writeHead(200, { 'Content-Length': 2 });
  response.end('ok');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.send?.(address.port);
});
process.on('message', () => process.send?.({ arrivals: [...arrivals], doubled }));
