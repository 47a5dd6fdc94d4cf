import { parentPort, workerData } from 'node:worker_threads'
import { type ScanInput, scan } from './rules/scan.ts'

// A thread of its own: a scan takes seconds, and the server answers others meanwhile.
const { input, most } = workerData as { input: ScanInput; most: number }
const EVERY = 37
const told = (done: number) => done % EVERY === 0 && parentPort!.postMessage({ done })
parentPort!.postMessage({ found: scan(input, { most, told }) })
