import { BackupError } from './backup-error.ts';

/** Bytes of a line at most. */
const LINE_LIMIT = 16_777_216;
const LINE_FEED = 10;

/**
 * The lines of a stream of bytes, parsed as JSON. Each must end in a line feed.
 * @throws BackupError that names the line when one is too long, unfinished or no JSON.
 */
export async function* jsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let number = 0;
  let rest: Buffer[] = [];
  let restSize = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      number += 1;
      const tail = chunk.subarray(from, end);
      yield parse(rest.length === 0 ? tail : Buffer.concat([...rest, tail]), number);
      rest = [];
      restSize = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    rest.push(chunk.subarray(from));
    restSize += chunk.length - from;
    if (restSize > LINE_LIMIT) throw new BackupError(`line ${number + 1} is longer than ${LINE_LIMIT} bytes`);
  }
  if (restSize > 0) throw new BackupError(`line ${number + 1} is cut off`);
}

function parse(line: Buffer, number: number): unknown {
  try {
    return JSON.parse(line.toString());
  } catch (error) {
    throw new BackupError(`line ${number} is not JSON`, { cause: error });
  }
}
