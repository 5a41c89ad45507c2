import type { Desk } from './desk.ts';

/** The part of Express's request that is read. */
export interface ExpressRequest {
  method: string;
  /** Behind the path where the router is mounted, with the query. */
  url: string;
}

/** The part of `node:http`'s answer that is written. */
export interface ExpressResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

export type ExpressMonitoring<Request> = (
  request: ExpressRequest & Request,
  response: ExpressResponse,
  next: (error?: unknown) => void,
) => void;

/** For `app.use(path, ...)`, which takes the path away. What cannot be sent is Express's to tell. */
export function expressMonitoring<Request>(desk: Desk<Request>): ExpressMonitoring<Request> {
  return (request, response, next) => {
    const [path = ''] = request.url.split('?', 1);
    const send = async (): Promise<void> => {
      const { status, headers, body } = await desk.answer(request, request.method, path.split('/').slice(1));
      response.statusCode = status;
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response.end(body);
    };
    send().catch(next);
  };
}
