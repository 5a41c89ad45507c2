/** Methods with each of the monitors, as TypeScript emits them: Node.js does not run decorators from source. */
import {
  type Client,
  monitorEndpoint,
  monitorQueueJob,
  monitorScheduledTask,
  monitorTask,
  type QueueJob,
} from '../../index.ts';

const UUID = '0cab08fe-03f4-48c2-a927-90493fa0b2f2';

/** The class, for a client of the test's. */
export function jobsFor(client: Client) {
  class Jobs {
    readonly rows = 3;

    @monitorTask({ checkId: UUID, client })
    async count(times: number): Promise<number> {
      return this.rows * times;
    }

    @monitorTask({ checkId: UUID, autoStart: false, client })
    static async fail(): Promise<string> {
      throw new Error('broken');
    }

    @monitorScheduledTask({
      checkId: UUID,
      assert: (removed: number) => removed < 3,
      measure: (removed: number) => ({ tokens_removed: removed }),
      client,
    })
    async cleanUp(): Promise<number> {
      return this.rows;
    }

    @monitorScheduledTask({ checkId: UUID, client })
    async rotate(version: string): Promise<string> {
      return version;
    }

    @monitorQueueJob({ checkId: UUID, client })
    async send(job: QueueJob): Promise<string> {
      return `${this.rows} of ${job.name}`;
    }

    @monitorEndpoint({ route: '/pay', client })
    pay(context: { req: { method: string; matchedRoutes: [] }; res: { status: number } }): Response {
      return new Response(String(this.rows), { status: context.req.method === 'GET' ? 200 : 500 });
    }
  }
  return Jobs;
}
