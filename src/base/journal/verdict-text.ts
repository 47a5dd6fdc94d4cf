import { type HashName, hashTitle } from '../crypto/algorithms.ts'
import type { Failure, Interval, Verdict, Warning } from './verify.ts'

/** Language of a message: Chinese or English. */
export type Language = 'zh' | 'en'

type Texts = { [Code in Failure['code']]: Record<Language, (failure: Extract<Failure, { code: Code }>) => string> }

/** What the verdict says, in one line for a person. */
export function verdictText(verdict: Verdict, language: Language): string {
  if (verdict.ok) return PASSED[language](verdict.size, verdict.hash)
  // The table is keyed by the code, so the row always fits the failure; the type cannot follow that.
  const say = TEXTS[verdict.code][language] as (failure: Failure) => string
  return say(verdict)
}

/** What the warning says, in one line for a person. */
export function warningText(warning: Warning, language: Language): string {
  const { seq, subject, at, before } = warning
  const zh = { event: '此前的事件', checkpoint: '此前的检查点' }[warning.witness]
  if (language === 'zh') return `时钟倒退：第 ${seq} 条事件（${subject}）的时间为 ${at}，而${zh}已到 ${before}。`
  return `Clock went back: event ${seq} (${subject}) is of ${at}, but an earlier ${warning.witness} had reached ${before}.`
}

const PASSED: Record<Language, (size: number, hash: HashName) => string> = {
  zh: (size, hash) => `日志完好：共 ${size} 条事件，逐条核对一致（${hashTitle(hash)} 杂凑）。`,
  en: (size, hash) => `The journal is intact: all ${size} events agree (hashed with ${hashTitle(hash)}).`,
}

const TEXTS: Texts = {
  'entry-malformed': {
    zh: (f) => `第 ${f.seq} 条事件（${f.subject}）不是有效的日志记录：${f.reason}。${rangeZh(f)}`,
    en: (f) => `Event ${f.seq} (${f.subject}) is not a valid journal entry: ${f.reason}. ${rangeEn(f)}`,
  },
  'tenant-differs': {
    zh: (f) => `第 ${f.seq} 条事件（${f.subject}）属于城市 ${f.found}，应属 ${f.expected}。${rangeZh(f)}`,
    en: (f) => `Event ${f.seq} (${f.subject}) is of tenant ${f.found}, expected ${f.expected}. ${rangeEn(f)}`,
  },
  'seq-gap': {
    zh: (f) => `第 ${f.seq} 条事件缺失：下一条（${f.subject}）的序号是 ${f.found}，应为 ${f.expected}。${rangeZh(f)}`,
    en: (f) =>
      `Event ${f.seq} is missing: the next one (${f.subject}) is number ${f.found}, expected ${f.expected}. ${rangeEn(f)}`,
  },
  'seq-repeated': {
    zh: (f) => `第 ${f.seq} 条处多出一条事件（${f.subject}）：序号是 ${f.found}，应为 ${f.expected}。${rangeZh(f)}`,
    en: (f) =>
      `An extra event (${f.subject}) stands in place ${f.seq}: its number is ${f.found}, expected ${f.expected}. ${rangeEn(f)}`,
  },
  'leaf-differs': {
    zh: (f) =>
      `第 ${f.seq} 条事件（${f.subject}）与登记的哈希不符：按内容算得 ${f.found}，登记为 ${f.expected}。` +
      `${f.writtenAs === undefined ? '' : `该条原为第 ${f.writtenAs} 条，其前有事件被删除或插入。`}${rangeZh(f)}`,
    en: (f) =>
      `Event ${f.seq} (${f.subject}) differs from its recorded hash: the content gives ${f.found}, recorded is ${f.expected}. ` +
      `${f.writtenAs === undefined ? '' : `It was written as event ${f.writtenAs}: events were removed or put in before it. `}${rangeEn(f)}`,
  },
  'subject-gap': {
    zh: (f) => `第 ${f.seq} 条事件：对象 ${f.subject} 的版本是 ${f.found}，应为 ${f.expected}。${rangeZh(f)}`,
    en: (f) => `Event ${f.seq}: subject ${f.subject} reached version ${f.found}, expected ${f.expected}. ${rangeEn(f)}`,
  },
  'beyond-head': {
    zh: (f) => `第 ${f.seq} 条事件（${f.subject}）是多出来的：日志头登记的事件只有 ${f.expected} 条。${rangeZh(f)}`,
    en: (f) => `Event ${f.seq} (${f.subject}) is one too many: the head records only ${f.expected} events. ${rangeEn(f)}`,
  },
  'checkpoint-differs': {
    zh: (f) =>
      `与外部检查点不符：${f.at} 的检查点（第 ${f.index} 个）登记前 ${f.size} 条事件的根为 ${f.expected}，现算得 ${f.found}，日志被整体改写。${rangeZh(f)}`,
    en: (f) =>
      `The outside checkpoint of ${f.at} (number ${f.index}) records root ${f.expected} for the first ${f.size} events, ` +
      `they now give ${f.found}: the journal was rewritten. ${rangeEn(f)}`,
  },
  'cut-before-checkpoint': {
    zh: (f) =>
      `尾部被截断或恢复了旧备份：${f.at} 的检查点（第 ${f.index} 个）有 ${f.expected} 条事件，现在只有 ${f.found} 条，从第 ${f.seq} 条起缺失。`,
    en: (f) =>
      `Tail cut or old backup: the checkpoint of ${f.at} (number ${f.index}) has ${f.expected} events, here are only ${f.found}; ` +
      `missing from event ${f.seq} on.`,
  },
  'cut-before-head': {
    zh: (f) => `尾部被截断：日志头登记 ${f.expected} 条事件，现在只有 ${f.found} 条，从第 ${f.seq} 条起缺失。`,
    en: (f) => `Tail cut: the head records ${f.expected} events, here are only ${f.found}; missing from event ${f.seq} on.`,
  },
  'head-differs': {
    zh: (f) =>
      `日志头的根 ${f.expected} 与全部事件算得的 ${f.found} 不符。${f.after === f.upTo ? '事件与检查点一致，被改动的是日志头。' : rangeZh(f)}`,
    en: (f) =>
      `The head's root ${f.expected} differs from what all events give, ${f.found}. ` +
      `${f.after === f.upTo ? 'The events agree with the last checkpoint, so it is the head that was changed.' : rangeEn(f)}`,
  },
  'head-malformed': {
    zh: (f) => `日志头自相矛盾：登记 ${f.expected} 条事件，所存前沿却是 ${f.found} 条的。`,
    en: (f) => `The head contradicts itself: it records ${f.expected} events, its frontier is of ${f.found}.`,
  },
  'checkpoint-order': {
    zh: (f) =>
      `检查点倒退：第 ${f.index} 个（${f.at}）有 ${f.found} 条事件，它之前的一个已有 ${f.expected} 条；日志曾被截断或恢复了旧备份。`,
    en: (f) =>
      `The checkpoints go back: number ${f.index} (${f.at}) has ${f.found} events, the one before it ${f.expected}; ` +
      'the journal was cut or restored from an old backup.',
  },
  'checkpoint-split': {
    zh: (f) =>
      `两个检查点互相矛盾：同为 ${f.size} 条事件，第 ${f.index} 个（${f.at}）的根为 ${f.found}，它之前的一个为 ${f.expected}。`,
    en: (f) =>
      `Two checkpoints contradict each other: for the same ${f.size} events number ${f.index} (${f.at}) has root ${f.found}, the one before it ${f.expected}.`,
  },
  'checkpoint-foreign': {
    zh: (f) => `第 ${f.index} 个检查点（${f.at}）属于另一份日志：${f.origin}，城市 ${f.tenant}。`,
    en: (f) => `Checkpoint ${f.index} (${f.at}) is of another journal: ${f.origin}, tenant ${f.tenant}.`,
  },
  'checkpoint-forged': {
    zh: (f) => `第 ${f.index} 个检查点（${f.at}）的签名无效：不是由所给的公钥签发，或内容被改动（其密钥为 ${f.key}）。`,
    en: (f) => `Checkpoint ${f.index} (${f.at}) is not signed by the public key given, or was changed (it names key ${f.key}).`,
  },
  'checkpoint-hash': {
    zh: (f) =>
      `第 ${f.index} 个检查点（${f.at}）证明的是 ${hashTitle(f.expected)} 杂凑的日志，现在的日志却用 ${hashTitle(f.found)}：日志被整体改写。`,
    en: (f) =>
      `Checkpoint ${f.index} (${f.at}) is of a journal hashed with ${hashTitle(f.expected)}, this one is hashed with ` +
      `${hashTitle(f.found)}: the journal was rewritten.`,
  },
}

function rangeZh({ after, upTo }: Interval): string {
  return upTo === after + 1 ? `最早被改动的是第 ${upTo} 条。` : `最早被改动的事件在第 ${after + 1} 至 ${upTo} 条之间。`
}

function rangeEn({ after, upTo }: Interval): string {
  return upTo === after + 1 ? `The first changed event is ${upTo}.` : `The first changed event is one of ${after + 1} to ${upTo}.`
}
