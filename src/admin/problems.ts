import { defineProblems } from '../base/problem.ts'

export const problem = defineProblems('admin', {
  'no-such': { status: 404, zh: '没有找到：{what}', en: 'Not found: {what}' },
  'name-taken': { status: 409, zh: '已有同名的推送目标', en: 'A target of that name is there already' },
  'no-such-reference': {
    status: 422,
    zh: '所指的单位或行政区划不存在',
    en: 'The organisation or division referred to does not exist',
  },
  'target-changed': {
    status: 409,
    zh: '该推送目标刚被他人修改，请刷新后再试',
    en: 'Somebody else has just changed this target; reload and try again',
  },
})

/** Constraints of the database that a user can run into. */
export const constraints = {
  target_tenant_name_key: () => problem('name-taken'),
  target_tenant_org_fkey: () => problem('no-such-reference'),
  target_tenant_region_fkey: () => problem('no-such-reference'),
}
