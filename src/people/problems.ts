import { defineProblems } from '../base/problem.ts'

export const problem = defineProblems('people', {
  'wrong-password': { status: 401, zh: '用户名或密码不对', en: 'User name or password is wrong' },
  busy: { status: 429, zh: '登录的人太多，请稍后再试', en: 'Too many people are signing in; try again shortly' },
  'name-taken': { status: 409, zh: '已有同名：{name}', en: 'The name is taken: {name}' },
  'weak-password': {
    status: 422,
    zh: '密码须有 12 位以上，并含大写、小写、数字、符号中的三类',
    en: 'A password needs 12 characters and three of: capitals, small letters, digits, signs',
  },
  'no-such-reference': {
    status: 422,
    zh: '引用的单位或行政区划不存在',
    en: 'The organisation or division referred to does not exist',
  },
  'no-such': { status: 404, zh: '没有找到：{what}', en: 'Not found: {what}' },
  'three-powers': {
    status: 422,
    zh: '三员分立：{role} 不得由同时担任 {other} 的人兼任',
    en: 'Separation of the three administrators: {role} may not be held together with {other}',
  },
  'own-post': { status: 422, zh: '不能给自己授岗', en: 'Nobody gives a post to themselves' },
  'post-held': { status: 409, zh: '该岗位已有人担任，请用移交', en: 'The post is held; use a hand-over' },
  'duty-ended': { status: 409, zh: '该职责已于 {day} 解除', en: 'The duty ended on {day}' },
  'not-first': {
    status: 409,
    zh: '已有账号：请由安全管理员新增',
    en: 'There are accounts already: a security administrator adds others',
  },
  'bad-address': {
    status: 422,
    zh: '不是可用的地址：{found}；应为邮箱（name@example.cn）或手机号（6 至 15 位数字）',
    en: 'Not an address: {found}; expected an e-mail address or a phone number of 6 to 15 digits',
  },
  'not-held': { status: 409, zh: '{name} 不在该岗位上', en: '{name} does not hold this post' },
  'same-person': {
    status: 422,
    zh: 'A 角和 B 角、移交双方不能是同一人',
    en: 'Main and stand-in, giver and taker must be two people',
  },
})

/** Database constraints that a user can run into, by name. */
export const constraints = {
  organisation_tenant_name_key: () => problem('name-taken', { name: '' }),
  account_tenant_username_key: () => problem('name-taken', { name: '' }),
  organisation_tenant_area_fkey: () => problem('no-such-reference'),
  post_tenant_area_fkey: () => problem('no-such-reference'),
  post_tenant_org_fkey: () => problem('no-such-reference'),
  duty_tenant_area_fkey: () => problem('no-such-reference'),
  holding_main: () => problem('post-held'),
  holding_stand_in: () => problem('post-held'),
}
