/** Answers HTTP on one port of many loopback addresses, `127.0.0.1` and up. Prints the port. */
import { createServer } from 'node:http';

const ADDRESSES = Number(process.argv[2]);

function listen(address: string, port: number): Promise<number> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Length': 2 });
    response.end('ok');
  });
  return new Promise((resolve) => {
    server.listen(port, address, () => {
      const bound = server.address();
      resolve(bound !== null && typeof bound !== 'string' ? bound.port : 0);
    });
  });
}

const port = await listen('127.0.0.1', 0);
for (let i = 2; i <= ADDRESSES; i++) await listen(`127.0.0.${i}`, port);
process.send?.(port);
