import type { Colour } from '../../../src/cases/rules/codes.ts'
import type { ColourWhy } from '../../../src/cases/rules/colours.ts'
import type { ItemMove, ItemState, Kind, Trigger } from '../../../src/supervision/rules/codes.ts'
import { useGet } from '../../shell/use-api.ts'

export type CaseBrief = { id: string; no: string; title: string; colour: Colour }
export type Leader = { name: string; title: string }
export type Brief = {
  id: string
  version: number
  kind: Kind
  state: ItemState
  origin: 'rule' | 'hand'
  region: string
  org: string
  orgName: string
  title: string
  no: string | null
  due: string | null
  leader: Leader | null
  draftedOn: string
  sentOn: string | null
  triggers: Trigger[]
  daysLeft: number | null
  cases: CaseBrief[]
}

type Inputs = Record<string, string | number>
export type Stamp = { on: string; at: string; by: { name: string; title: string | null; orgName: string | null } }
export type GroundView = { trigger: Trigger; rule: string | null; source: string | null; unverified?: boolean; inputs: Inputs }
export type MoveAnswer = { move: ItemMove; allowed: boolean; why?: { code: string; text: string } }
export type AnswerView = Stamp & {
  text: string
  files: { id: string; name: string; bytes: number }[]
  decided: (Stamp & { accepted: boolean; reason: string }) | null
}
export type ItemDetail = Omit<Brief, 'cases'> & {
  cases: (CaseBrief & { region: string; why: ColourWhy[]; due: string | null; leader: Leader | null })[]
  text: string
  grounds: GroundView[]
  follows: string | null
  signed: Stamp | null
  sent: Stamp | null
  answers: AnswerView[]
  moves: MoveAnswer[]
  clock: { started: string; stopped: string | null; due: string | null; steps: { key: string; params: Inputs }[] } | null
  step: { version: string; source: string; unverified: boolean; value: { answer: { length: number; unit: string } | null } }
}
export type ItemHappening = { type: ItemMove; version: number; at: string; by: Stamp['by']; reason: string | null }
export type PlannedDraft = {
  id: string | null
  kind: Kind
  orgName: string
  title: string
  cases: CaseBrief[]
  grounds: GroundView[]
}

export type Counts = Record<Colour, number>
export type MonthScore = { month: string; score: number; raw: number; counts: Counts }
export type ScoreRow = MonthScore & {
  key: string | null
  name: string | null
  points: Counts
  manual: number
  change: number | null
  trend: MonthScore[]
}
export type ScoreRule = {
  version: string
  source: string
  unverified: boolean
  value: { full: number; green: number; yellow: number; red: number; floor: number }
}
export type Scores = { month: string | null; months: string[]; rule: ScoreRule; regions: ScoreRow[]; orgs: ScoreRow[] }
export type ScoreCase = CaseBrief & { manual: boolean; orgName: string | null; points: number; why: ColourWhy[] }
export type Wall = {
  today: string
  at: string
  worst: (CaseBrief & { region: string; due: string | null; days: number; unit: string | null; leader: string | null })[]
  steps: { kind: Kind; drafts: number; sent: number; late: number }[]
  scores: { month: string | null; rule: ScoreRule; rows: Omit<ScoreRow, 'points' | 'manual' | 'raw' | 'month'>[] }
}

/** What waits for me in supervision. */
export const useItemWork = () => useGet<{ groups: { move: ItemMove; total: number; items: Brief[] }[] }>('/api/supervision/work')

/** Items as the filters in the address say. */
export const useItems = (search: string) =>
  useGet<{ items: Brief[]; next: string | null }>(`/api/supervision?limit=200${search && `&${search}`}`, { keep: true })

export const useItem = (id: string) => useGet<ItemDetail>(`/api/supervision/${encodeURIComponent(id)}`)
export const useItemEvents = (id: string) =>
  useGet<{ events: ItemHappening[] }>(`/api/supervision/${encodeURIComponent(id)}/events`)

/** The scores of a month, or of the last one. */
export const useScores = (month: string | undefined) =>
  useGet<Scores>(`/api/supervision/scores${month ? `?month=${month}` : ''}`, { keep: true })

/** What the wall shows beside the board; read again every minute. */
export const useWallData = (region: string | undefined) =>
  useGet<Wall>(`/api/supervision/wall${region ? `?region=${region}` : ''}`, { keep: true, every: 60_000 })
