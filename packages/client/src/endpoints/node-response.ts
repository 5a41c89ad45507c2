/** The part of `node:http`'s answer that says when it is over. */
export interface NodeResponse {
  statusCode: number;
  writableFinished?: boolean;
  once(event: 'finish' | 'close', listener: () => void): unknown;
}

/** The status of a client that did not wait for its answer, as nginx has it. */
const CLIENT_GONE = 499;

/** Calls once, when the answer is given, or nobody is there to get it. */
export function whenOver(response: NodeResponse, over: (status: number) => void): void {
  let done = false;
  const end = (status: number): void => {
    if (done) return;
    done = true;
    over(status);
  };
  response.once('finish', () => end(response.statusCode));
  response.once('close', () => end(response.writableFinished === false ? CLIENT_GONE : response.statusCode));
}
