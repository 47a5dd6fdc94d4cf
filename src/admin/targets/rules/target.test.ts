import { describe, expect, it } from 'vitest'
import { cloudEvent, hears, robotMessage } from './target.ts'

const EVENT = { kind: 'cases.assign', secrecy: 0, region: '610702', orgs: ['a', 'b'] }
const ALL = { kinds: [], secrecy: 0 }

describe('who hears of what', () => {
  it('everything up to its secrecy, unless narrowed by kind, division or organisation', () => {
    expect(hears(ALL, EVENT)).toBe(true)
    expect(hears(ALL, { ...EVENT, secrecy: 1 })).toBe(false)
    expect(hears({ ...ALL, secrecy: 1 }, { ...EVENT, secrecy: 1 })).toBe(true)
    expect(hears({ ...ALL, kinds: ['cases.close'] }, EVENT)).toBe(false)
    expect(hears({ ...ALL, kinds: ['cases.close', 'cases.assign'] }, EVENT)).toBe(true)
    expect(hears({ ...ALL, region: '610722' }, EVENT)).toBe(false)
    expect(hears({ ...ALL, region: '610702', org: 'b' }, EVENT)).toBe(true)
    expect(hears({ ...ALL, org: 'c' }, EVENT)).toBe(false)
  })

  it('is told what, of which and when, and nothing of what stands in it', () => {
    const told = cloudEvent({
      tenant: 610700,
      seq: 7,
      kind: 'cases.assign',
      subject: 'id',
      at: '2026-03-10T02:00:00.000Z' as never,
    })
    expect(told).toEqual({
      specversion: '1.0',
      id: '610700-7',
      source: '/tenants/610700',
      type: 'qinba.cases.assign',
      subject: 'id',
      time: '2026-03-10T02:00:00.000Z',
    })
  })

  it('speaks to robots in their own form', () => {
    expect(robotMessage('wecom', { title: 't', text: 'x' })).toEqual({ msgtype: 'markdown', markdown: { content: '**t**\nx' } })
    expect(robotMessage('dingtalk', { title: 't', text: 'x' })).toMatchObject({ markdown: { title: 't', text: '**t**\nx' } })
  })
})
