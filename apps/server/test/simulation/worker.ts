/** A simulation in a thread of its own: the test runner's bookkeeping would double the cost of each promise. */
import { parentPort, workerData } from 'node:worker_threads';
import { type SimulationOptions, simulate } from './simulation.ts';

parentPort?.postMessage(await simulate(workerData as SimulationOptions));
