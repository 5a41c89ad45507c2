/** The yardstick: `node:http` answering two bytes. Prints its port. */
import { createServer } from 'node:http';

const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 2 });
  response.end('OK');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.send?.(address.port);
});
