import type { KeeperHealth } from '../journal/keeper.ts'
import type { Params, Text } from '../problem.ts'
import { say } from '../problem.ts'
import type { Guard } from './guard.ts'

/** Something that an operator has to look at, in words and figures; it names no folder and no person. */
export interface Concern extends Text {
  code: keyof typeof CONCERNS
  params: Params
}

const CONCERNS = {
  'disk-low': {
    zh: '{place} 所在磁盘剩余 {freeMb} MB：只读，腾出空间后自动恢复',
    en: '{freeMb} MB left on the disk of {place}: reading only, until there is room',
  },
  'files-low': {
    zh: '{place} 所在磁盘剩余 {freeMb} MB：暂不接收附件，腾出空间后自动恢复',
    en: '{freeMb} MB left on the disk of {place}: no files are taken, until there is room',
  },
  'database-full': {
    zh: '数据库报告其磁盘已满：只读，腾出空间后自动恢复',
    en: 'the database says that its disk is full: reading only, until there is room',
  },
  'clock-jumped': {
    zh: '系统时钟偏离 {seconds} 秒：按日历运行的作业暂停，时钟复原或执行 qinba clock accept 后继续',
    en: 'the wall clock is {seconds} s off: what runs by the calendar waits until it is right again, or for qinba clock accept',
  },
  'checkpoints-failing': {
    zh: '日志检查点写入失败，已连续 {times} 次：请检查 CHECKPOINT_DIR',
    en: 'checkpoints of the journal cannot be written, {times} times in a row: look at CHECKPOINT_DIR',
  },
} satisfies Record<string, Text>

/** Everything that is wrong now, the gravest kind first; empty on a good day. */
export function concernsOf({ disk, clock }: Guard, keeper?: KeeperHealth): Concern[] {
  const { places, databaseRefuses } = disk.report()
  const bad = places.filter((p) => p.room !== 'ample')
  const doubt = clock.doubt()
  return [
    ...(databaseRefuses ? [concern('database-full')] : []),
    ...bad.map((p) =>
      concern(p.stops === 'writing' ? 'disk-low' : 'files-low', { place: p.name, freeMb: Math.floor(p.free / 1024 / 1024) }),
    ),
    ...(doubt === undefined ? [] : [concern('clock-jumped', { seconds: Math.round(doubt / 1000) })]),
    ...(keeper && keeper.failing > 0 ? [concern('checkpoints-failing', { times: keeper.failing })] : []),
  ]
}

function concern(code: Concern['code'], params: Params = {}): Concern {
  const text = CONCERNS[code]
  return { code, params, zh: say(text, params, 'zh'), en: say(text, params, 'en') }
}
