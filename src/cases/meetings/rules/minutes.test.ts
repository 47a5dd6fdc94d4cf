import { describe, expect, it } from 'vitest'
import { type Instant, toDay } from '../../../base/rules/day.ts'
import type { Meeting, MeetingItem } from './meeting.ts'
import { tallyOf } from './meeting.ts'
import { minutesOf } from './minutes.ts'

const item = (n: number, more: Partial<MeetingItem> = {}): MeetingItem => ({
  ...{ case: `c${n}`, no: `HZ-2026-00000${n}`, title: `第${n}处`, responsible: '示例·住建局', region: '610702', version: 9 },
  ...{ state: 'self_checked', now: 'self_checked', ...more },
})
const MEETING: Meeting = {
  ...{ id: 'm1', version: 2, heldOn: toDay('2026-11-05'), place: '三楼', chair: '示例·主任', attendees: ['甲', '乙'], hidden: 0 },
  minutes: '听取汇报。\n逐件审议。',
  items: [item(1, { decision: 'accept' }), item(2, { decision: 'postpone', words: '补拍照片' }), item(3)],
}

describe('minutes as a document', () => {
  it('say when, where, who, what of every case, and how many in all', () => {
    const paper = minutesOf(MEETING, { issuer: '市环督办' })
    expect(paper).toMatchObject({
      format: 'notice',
      issuer: '市环督办',
      specimen: true,
      title: expect.stringContaining('2026年11月5日'),
    })
    expect(paper.body.flatMap((block) => (block.kind === 'text' ? [block.text] : []))).toEqual([
      '2026年11月5日，示例·主任在三楼主持召开集中验收会议。',
      '听取汇报。',
      '逐件审议。',
      '会议共审议 3 件：同意 1 件，不同意 0 件，暂缓 1 件。',
      '出席：甲、乙。',
    ])
    const table = paper.body.find((block) => block.kind === 'table')
    expect(table?.kind === 'table' && table.rows.map((row) => row.map(({ text }) => text).join('|'))).toEqual([
      '序号|编号|问题|责任单位|议定意见|说明',
      '1|HZ-2026-000001|第1处|示例·住建局|同意|',
      '2|HZ-2026-000002|第2处|示例·住建局|暂缓|补拍照片',
      '3|HZ-2026-000003|第3处|示例·住建局||',
    ])
    expect(tallyOf(MEETING.items)).toEqual({ accept: 1, reject: 0, postpone: 1, open: 1 })
  })

  it('are signed only when they were closed', () => {
    expect(minutesOf(MEETING, { issuer: '市环督办' })).not.toHaveProperty('signedOn')
    const closed = { ...MEETING, closedAt: '2026-11-06T02:00:00.000Z' as Instant }
    expect(minutesOf(closed, { issuer: '市环督办' })).toMatchObject({ signedBy: '市环督办', signedOn: '2026-11-05' })
  })
})
