import { type Params, say, type Text } from '../problem.ts'

/** `ok` is as it should be; `warn` wants somebody's eye; `bad` must not stay. */
export type Level = 'ok' | 'warn' | 'bad'

/** One thing that was looked at: what was found, and where it is not well, what was expected or is to be done. */
export interface Finding {
  /** Names the check for programs. */
  check: string
  level: Level
  found: Text
  advice?: Text
}

/** Makes a finding; `{name}` in the texts takes the parameter. */
export function finding(check: string, level: Level, o: { found: Text; advice?: Text; params?: Params }): Finding {
  const said = (text: Text): Text => ({ zh: say(text, o.params ?? {}, 'zh'), en: say(text, o.params ?? {}, 'en') })
  return { check, level, found: said(o.found), ...(o.advice && level !== 'ok' ? { advice: said(o.advice) } : {}) }
}

/** Runs a check; one that throws is itself a bad finding, and the others go on. */
export async function examine(check: string, look: () => Promise<Finding[]> | Finding[]): Promise<Finding[]> {
  try {
    return await look()
  } catch (e) {
    const why = e instanceof Error ? e.message : String(e)
    return [finding(check, 'bad', { found: { zh: '检查未能完成：{why}', en: 'could not be examined: {why}' }, params: { why } })]
  }
}

const MARKS: Record<Level, string> = { ok: '✓', warn: '!', bad: '✗' }

/** A finding as one line for a person. */
export function lineOf({ check, level, found, advice }: Finding): string {
  const both = ({ zh, en }: Text) => `${zh} / ${en}`
  return `${MARKS[level]} ${check}: ${both(found)}${advice ? ` → ${both(advice)}` : ''}`
}
