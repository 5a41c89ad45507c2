/**
 * A simulation in a process of its own: the test runner's bookkeeping would double the cost of each promise, and
 * SQLite's locks that of two simulations in the threads of one process.
 */
import { type SimulationOptions, simulate } from './simulation.ts';

process.once('message', async (options) => {
  process.send?.(await simulate(options as SimulationOptions));
});
