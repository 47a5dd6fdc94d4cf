import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { KeeperHealth } from '../journal/keeper.ts'
import type { Guard } from './guard.ts'

/** What /metrics says: the process, and what the guard and the keeper of checkpoints know when they are asked. */
export function openGauges({ disk, clock }: Guard, keeper: () => KeeperHealth | undefined): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(value())
      },
    })
  const ofPlaces = (name: string, help: string, value: (p: Place) => number) =>
    new Gauge({
      ...{ name, help, labelNames: ['place'], registers: [registry] },
      collect() {
        for (const place of disk.report().places) this.set({ place: place.name }, value(place))
      },
    })
  ofPlaces('qinba_disk_free_bytes', 'Bytes left, by place', (p) => p.free)
  ofPlaces('qinba_disk_ample', '1 while there is room to write, by place', (p) => Number(p.room === 'ample'))
  gauge('qinba_read_only', '1 while writes are refused for want of room', () => Number(disk.isReadOnly()))
  gauge('qinba_database_full', '1 while the database says that its disk is full', () => Number(disk.report().databaseRefuses))
  gauge('qinba_ballast_bytes', 'Bytes held ready for a full disk', () => disk.report().ballastBytes)
  gauge('qinba_clock_in_doubt', '1 while the wall clock is not believed', () => Number(clock.doubt() !== undefined))
  gauge('qinba_clock_off_seconds', 'How far the wall clock is off what is believed', () => (clock.doubt() ?? 0) / 1000)
  gauge('qinba_checkpoints_failing', 'Checkpoints that failed in a row', () => keeper()?.failing ?? 0)
  new Counter({
    ...{ name: 'qinba_checkpoint_failures_total', help: 'Checkpoints that could not be written', registers: [registry] },
    collect() {
      this.reset()
      this.inc(keeper()?.failures ?? 0)
    },
  })
  return registry
}

type Place = ReturnType<Guard['disk']['report']>['places'][number]
