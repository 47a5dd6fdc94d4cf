import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { AT_ONCE, accept, acts, bare, begin, issued, PLACE, photo, type Story } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'

const at = (story: Story, day: string) => {
  story.day = toDay(day)
  return story
}
const NORTH = 1 / 111_000 // degrees of latitude a metre, near enough

describe('evidence of a place', () => {
  const working = () => at(walkTo('patrol', 'rectifying'), '2026-03-20')
  const check = (story: Story) => story.no('unit', acts.selfCheck)

  it('needs a photo before and one after', () => {
    const story = working()
    expect(check(story)).toMatchObject({ code: 'cases/before-photo-missing', kind: 'not-now' })
    story.go('unit', photo('before', '2026-03-01'))
    expect(check(story)).toMatchObject({ code: 'cases/after-photo-missing' })
    story.go('unit', photo('after', '2026-03-19', { mime: 'application/pdf' }))
    expect(check(story)).toMatchObject({ code: 'cases/after-photo-missing' })
    story.go('unit', photo('after', '2026-03-19'))
    expect(story.go('unit', acts.selfCheck).state).toBe('self_checked')
  })

  it('the after-photo is strictly later than the before-photo, and another picture', () => {
    const story = working()
    const before = photo('before', '2026-03-10')
    story.go('unit', before)
    story.go('unit', photo('after', '2026-03-10'))
    expect(check(story)).toMatchObject({ code: 'cases/after-photo-not-later' })
    const same = working()
    same.go('unit', before)
    same.go('unit', { ...before, item: { ...before.item, id: 'again', kind: 'after' } })
    expect(check(same)).toMatchObject({ code: 'cases/same-photo' })
  })

  it('within 200 m of the point, and says how far it was', () => {
    const far = (metres: number) => ({ lng: PLACE.lng, lat: PLACE.lat + metres * NORTH })
    const story = working()
    story.go('unit', photo('before', '2026-03-01'))
    story.go('unit', photo('after', '2026-03-19', { point: far(230) }))
    expect(check(story)).toMatchObject({ code: 'cases/after-photo-far', params: { radiusM: 200 } })
    expect(Math.abs(Number(check(story).params['distanceM']) - 230)).toBeLessThan(3)
    story.go('unit', photo('after', '2026-03-19', { point: far(190) }))
    expect(story.go('unit', acts.selfCheck).state).toBe('self_checked')
  })

  it('without a point of the case, the before-photo is where it was', () => {
    const story = working()
    const { point: _, ...place } = story.c.place
    story.c = { ...story.c, place }
    story.go('unit', photo('before', '2026-03-01'))
    story.go('unit', photo('after', '2026-03-19', { point: { lng: 107.1, lat: 33.1 } }))
    expect(check(story)).toMatchObject({ code: 'cases/after-photo-far' })
  })

  it('after a rejection only a new photo counts', () => {
    const story = walkTo('inspection', 'self_checked')
    at(story, '2026-03-25').go('county', acts.countyReject)
    expect(check(story)).toMatchObject({ code: 'cases/after-photo-stale' })
    at(story, '2026-03-26').go('unit', photo('after', '2026-03-24'))
    expect(check(story)).toMatchObject({ code: 'cases/after-photo-stale' })
    story.go('unit', photo('after', '2026-03-26'))
    expect(story.go('unit', acts.selfCheck).state).toBe('self_checked')
  })

  it('is not from the future, is fully described, and is not sent twice', () => {
    const story = working()
    expect(story.no('unit', photo('after', '2026-03-21'))).toMatchObject({ code: 'cases/taken-in-future', kind: 'invalid' })
    expect(story.no('unit', photo('after', '2026-03-19', { sha256: 'x' }))).toMatchObject({ code: 'cases/file' })
    const once = photo('after', '2026-03-19')
    story.go('unit', once)
    expect(story.no('unit', { ...once, item: { ...once.item, id: 'other' } })).toMatchObject({ code: 'cases/evidence-twice' })
    expect(story.no('unit', photo('after', '2026-03-19', { measure: 'm9' }))).toMatchObject({ code: 'cases/unknown-id' })
  })
})

describe('a photo without EXIF', () => {
  const working = (path: 'patrol' | 'complaint') => {
    const story = at(walkTo(path, 'rectifying'), '2026-03-20')
    const findings = story.c.claims.map(({ id }) => ({ claim: id, finding: 'founded' as const }))
    story.go('unit', { ...acts.progress, findings })
    story.go('unit', photo('before', '2026-03-01'))
    return story
  }

  it('never counts unless somebody vouches for it by name', () => {
    const story = working('patrol')
    const silent = bare('after')
    story.go('unit', silent)
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/photo-unattested' })
    story.go('unit', { ...silent, item: { ...silent.item, id: 'vouched', attestation: '本人于三月十九日在现场拍摄' } })
    expect(story.c.evidence.at(-1)).toMatchObject({ hasExif: false, attestedBy: { name: 'unit', org: 'unit' } })
    expect(story.go('unit', acts.selfCheck)).toMatchObject({ state: 'self_checked', cityForced: true })
  })

  it.each(['patrol', 'complaint'] as const)('then forces the city to go and look on the path %s', (path) => {
    const story = working(path)
    story.go('unit', bare('after', '本人拍摄'))
    story.go('unit', acts.selfCheck)
    const c = story.go('county', accept('county_accept', '2026-03-20'))
    expect([c.state, c.notice]).toEqual(['county_accepted', undefined])
    expect(at(story, '2026-04-30').no('office', acts.close)).toMatchObject({
      code: 'cases/not-on-this-path',
      params: { next: 'city_accepted' },
    })
    story.go('inspector', accept('city_accept', '2026-04-29'))
    at(story, '2026-05-08')
    expect(story.go('office', acts.close)).toMatchObject({ state: 'closed', checks: { city: { onSite: { day: '2026-04-29' } } } })
  })

  it('a good photo beside it makes the visit needless; one that comes after the self-check does not', () => {
    const story = working('patrol')
    story.go('unit', bare('after', '本人拍摄'))
    story.go('unit', photo('after', '2026-03-19'))
    expect(story.go('unit', acts.selfCheck).cityForced).toBeUndefined()
    const late = working('patrol')
    late.go('unit', bare('after', '本人拍摄'))
    late.go('unit', acts.selfCheck)
    late.go('unit', photo('after', '2026-03-19'))
    late.go('county', accept('county_accept', '2026-03-20'))
    expect(late.no('office', acts.close)).toMatchObject({ code: 'cases/not-on-this-path' })
  })

  it('the public vouches for nothing', () => {
    const story = begin('complaint')
    story.go('resident', bare('before', '我拍的'))
    expect(story.c.evidence[0]?.attestedBy).toBeUndefined()
  })
})

describe('evidence of an institutional duty', () => {
  const working = () => {
    const story = begin('patrol')
    story.go('office', { ...acts.triage, thing: 'institution' })
    story.go('office', { ...acts.assign, term: AT_ONCE })
    story.go('unit', acts.sign)
    return at(story, '2026-03-20')
  }

  it('is the issued document with number, issuer and day, not older than the problem', () => {
    const story = working()
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/document-missing' })
    expect(story.no('unit', issued('2026-03-21'))).toMatchObject({ code: 'cases/day-future' })
    expect(story.no('unit', issued('2026-03-19', { issuer: '' }))).toMatchObject({ code: 'cases/fields-missing' })
    story.go('unit', issued('2025-12-01'))
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/document-too-old' })
    story.go('unit', issued('2026-03-19'))
    story.go('unit', acts.selfCheck)
    at(story, '2026-03-25').go('county', acts.countyReject)
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/document-stale' })
  })
})
