import { createHash, randomBytes, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { POINT, REPORT, type Shown } from '../walk.ts'
import type { Act } from './ledger.ts'

/** What a step needs to know besides the case: organisations by name. */
export interface Directory {
  org(name: string): string
}

type Step = (shown: Shown, directory: Directory) => Omit<Act, 'key' | 'title'>

/** The acts of one case, from its report to its progress: every kind of write that the line has, photos among them. */
export const SCRIPT: Step[] = [
  () => ({ who: 'office', path: '/api/cases', body: REPORT }),
  (c) => upload(c, 'office', 'site_visit'),
  (c) =>
    move(c, 'office', {
      move: 'triage',
      category: 'W4',
      pollution: ['waste'],
      thing: 'place',
      severity: 'serious',
      qinling: 'general',
    }),
  (c, { org }) =>
    move(c, 'office', {
      move: 'assign',
      duties: [
        { org: org(UNIT), as: 'responsible' },
        { org: org('汉中市水利局'), as: 'supporting' },
        { org: org(ACCEPTANCE), as: 'acceptance' },
      ],
      leader: { name: '示例·分管副市长', title: '副市长' },
      term: { words: yearsEnd() },
    }),
  (c) => move(c, 'unit-hantai', { move: 'sign' }),
  (c, { org }) =>
    move(c, 'unit-hantai', {
      move: 'plan',
      implementer: org(UNIT),
      goal: '清除弃渣，恢复岸坡',
      term: { words: yearsEnd() },
      acceptanceUnit: org(ACCEPTANCE),
      measures: [{ text: '清运弃渣', standard: '现场无弃渣', moneyFen: 12_000_000, milestones: [] }],
    }),
  (c) => move(c, 'leader', { move: 'approve_plan' }),
  (c) => upload(c, 'unit-hantai', 'before'),
  (c) => upload(c, 'unit-hantai', 'after'),
  (c) => move(c, 'unit-hantai', { move: 'progress', text: '已清运一半', percent: 50 }),
]

/** The act of a step with a key of its own; the report carries the title. */
export function actOf(step: number, c: { title: string; shown: Shown | undefined }, directory: Directory): Act {
  const act = SCRIPT[step]!(c.shown as Shown, directory)
  const body = step === 0 ? { ...act.body, title: c.title } : act.body
  return { ...act, body, key: randomUUID(), title: c.title }
}

const UNIT = '汉台区住房和城乡建设局'
const ACCEPTANCE = '汉中市住房和城乡建设局'
const yearsEnd = () => `${new Date().getFullYear()}年12月底前`

const move = (c: Shown, who: string, body: object) => ({ who, path: `/api/cases/${c.id}/moves`, body, version: c.version })

function upload(c: Shown, who: string, kind: string): Omit<Act, 'key' | 'title'> {
  const photo = freshPhoto()
  const fields = {
    kind,
    attestation: '示例·拍摄人',
    lng: String(POINT.lng),
    lat: String(POINT.lat),
    takenAt: new Date().toISOString(),
  }
  return {
    who,
    path: `/api/cases/${c.id}/evidence`,
    body: { fields, photo },
    sha256: createHash('sha256').update(photo).digest('hex'),
  }
}

// Noise does not compress: some 25 and some 250 kB.
const pictures = await Promise.all([160, 512].map((side) => noise(side)))

function noise(side: number): Promise<Buffer> {
  return sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer()
}

// A comment segment with random bytes after the first marker makes each photo a file of its own.
function freshPhoto(): Buffer {
  const picture = pictures[Math.random() < 0.8 ? 0 : 1]!
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 18]), randomBytes(16)])
  return Buffer.concat([picture.subarray(0, 2), comment, picture.subarray(2)])
}
