import { defineProblems } from '../base/problem.ts'

export const problem = defineProblems('admin', {
  'no-such': { status: 404, zh: '没有找到：{what}', en: 'Not found: {what}' },
  'name-taken': { status: 409, zh: '已有同名的推送目标', en: 'A target of that name is there already' },
  'no-such-reference': {
    status: 422,
    zh: '所指的单位或行政区划不存在',
    en: 'The organisation or division referred to does not exist',
  },
  'no-such-rule': { status: 422, zh: '没有这条规则：{rule}', en: 'No such rule: {rule}' },
  'rule-verified': { status: 422, zh: '{rule} 已核实，无需再确认', en: '{rule} is verified already' },
  'rule-back': {
    status: 422,
    zh: '生效日 {day} 早于今天 {today}：规则不得溯及既往',
    en: 'It would hold from {day}, before today ({today}): rules do not reach back',
  },
  'rule-not-after': {
    status: 422,
    zh: '生效日 {day} 须晚于现行版本的生效日 {last}',
    en: 'It would hold from {day}; expected a day after {last}, from which the present row holds',
  },
  'rule-form': {
    status: 422,
    zh: '{at}：应为 {expected}，现为 {found}',
    en: '{at}: expected {expected}, found {found}',
  },
  'rule-same': { status: 422, zh: '内容与现行版本相同', en: 'The value is the one that holds already' },
  'change-ended': { status: 409, zh: '该变更已办结（{state}）', en: 'The change is over ({state})' },
  'own-change': { status: 403, zh: '本人提出的变更须由他人审定', en: 'Somebody else must decide on an own proposal' },
  'not-own-change': { status: 403, zh: '只有提出人可以撤回', en: 'Only who proposed it can take it back' },
  'rule-moved-on': {
    status: 409,
    zh: '该规则此后已有新版本，请重新提出',
    en: 'The rule has a newer row by now; propose again',
  },
  'change-open': { status: 409, zh: '该规则已有待审定的变更', en: 'A change of this rule waits for a decision already' },
  'target-changed': {
    status: 409,
    zh: '该推送目标刚被他人修改，请刷新后再试',
    en: 'Somebody else has just changed this target; reload and try again',
  },
})

/** Constraints of the database that a user can run into. */
export const constraints = {
  rule_change_open: () => problem('change-open'),
  target_tenant_name_key: () => problem('name-taken'),
  target_tenant_org_fkey: () => problem('no-such-reference'),
  target_tenant_region_fkey: () => problem('no-such-reference'),
}
