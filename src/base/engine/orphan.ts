import { workerData } from 'node:worker_threads'

// A long query blocks the main thread of the engine's process, so a thread of its own notices that the parent is gone:
// an engine that writes on while the next one opens the same folder would destroy it.
setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL')
}, 250)
