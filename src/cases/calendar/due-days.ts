import { calendarText, type DayEvent } from '../../base/formats/ical.ts'
import type { RawReply } from '../../base/http/route.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { canSee } from '../rules/access.ts'
import { clockBriefs } from '../rules/deadlines.ts'
import { STATE_LABELS } from '../rules/labels.ts'
import { type CaseListItem, type Listed, listItem } from '../rules/wire.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import { openBoundTo } from './store-bound.ts'

const MOST = 1000
const REMIND_DAYS = 3

/** 期限日历: the last days of the running clocks of cases that bind the person's organisation, as a calendar that a phone subscribes to. */
export async function dueCalendar(ctx: StaffCtx, o: { origin: string; language: 'zh' | 'en' }): Promise<RawReply> {
  const orgs = [...new Set(ctx.actor.holdings.map((holding) => holding.org))]
  const found = await ctx.tx(async (db) =>
    openBoundTo(db, ctx.actor.tenant, { orgs, most: MOST, seen: seenBy(await sightIn(ctx, db)) }),
  )
  const seen = found.filter((c) => !ctx.policy || canSee(ctx.actor, c))
  const events = seen.flatMap((c) => eventsOf(ctx, c, o))
  const name = NAME[o.language](ctx.settings.cityName)
  return {
    type: 'text/calendar; charset=utf-8',
    body: calendarText({ name, now: ctx.now, events }),
    headers: { 'content-disposition': 'inline; filename="due.ics"' },
  }
}

const NAME = { zh: (city: string) => `${city} 整改期限`, en: (city: string) => `${city}: due days` }
const WHOLE = { zh: '整改期限', en: 'Rectification due' }

function eventsOf(ctx: StaffCtx, c: Listed, { origin, language }: { origin: string; language: 'zh' | 'en' }): DayEvent[] {
  const shown = listItem(c, ctx.actor)
  const clocks = clockBriefs(c, envOf(ctx).today, ctx.law)
  const said = { case: WHOLE[language], stage: STATE_LABELS[shown.state][language] }
  return (['case', 'stage'] as const).flatMap((clock) => {
    const day = clocks[clock]?.stopped === undefined ? clocks[clock]?.due : undefined
    if (!day) return []
    return {
      ...{ uid: `${shown.id}-${clock}@${ctx.actor.tenant}.qinba`, revision: shown.version, day, remind: REMIND_DAYS },
      ...{ title: `【${said[clock]}】${shown.title}`, text: textOf(shown, language), url: `${origin}/cases/${shown.id}` },
    }
  })
}

function textOf({ no, state, place, sample }: CaseListItem, language: 'zh' | 'en'): string {
  const sampleWord = { zh: '示例', en: 'sample' }[language]
  return [no, STATE_LABELS[state][language], place.address ?? '', sample ? sampleWord : ''].filter(Boolean).join('\n')
}
