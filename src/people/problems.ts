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
  'outside-window': { status: 403, zh: '该账号不在有效期内', en: 'Today is not within the days of this account' },
  'wrong-old-password': { status: 422, zh: '原密码不对', en: 'The old password is wrong' },
  'same-password': { status: 422, zh: '新密码不能与原密码相同', en: 'The new password is the old one' },
  'own-account': {
    status: 422,
    zh: '不能办理自己的账号，请由另一名安全管理员办理',
    en: 'Nobody administers their own account: another security administrator does',
  },
  'has-left': { status: 409, zh: '该账号已于 {day} 离任', en: 'The person left on {day}' },
  'not-disabled': { status: 409, zh: '该账号没有停用', en: 'The account is not disabled' },
  'disabled-already': { status: 409, zh: '该账号已于 {day} 停用', en: 'The account was disabled on {day}' },
  'last-administrator': {
    status: 409,
    zh: '这是最后一名可用的安全管理员，请先授岗给另一人',
    en: 'This is the last security administrator who can act: give the post to somebody else first',
  },
  'window-inverted': { status: 422, zh: '截止日早于起始日', en: 'The last day is before the first' },
  'posts-open': { status: 409, zh: '还有 {n} 个岗位没有交代', en: '{n} posts are still open' },
  'duties-open': { status: 409, zh: '该岗位还有 {n} 项职责', en: '{n} duties still hang on this post' },
  'organisation-closed': { status: 409, zh: '该单位已于 {day} 撤销', en: 'The organisation was closed on {day}' },
  'into-itself': { status: 422, zh: '不能并入自己', en: 'Nothing is merged into itself' },
  'scope-beyond': { status: 422, zh: '您的岗位没有这项权限：{scope}', en: 'Your posts do not have {scope}' },
  expiry: { status: 422, zh: '有效期须在 {from} 至 {to} 之间', en: 'The last day must lie between {from} and {to}' },
  'too-many-tokens': { status: 409, zh: '有效令牌最多 {n} 个，请先吊销不用的', en: 'At most {n} live tokens: revoke one first' },
  'token-ended': { status: 409, zh: '该令牌已经吊销', en: 'The token was revoked before' },
  'token-too-often': { status: 429, zh: '该令牌请求过于频繁', en: 'The token asks too often' },
  'too-broad': { status: 422, zh: '多于 {most} 条，请缩小范围后再导出', en: 'More than {most} lines: narrow the question' },
  'team-too-long': { status: 422, zh: '检查组账号最长 {days} 天', en: 'A team has its accounts for {days} days at most' },
  'team-too-large': { status: 422, zh: '一次最多开立 {n} 个账号', en: 'At most {n} accounts at once' },
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
  organisation_merged_into: () => problem('no-such-reference'),
  duty_tenant_area_fkey: () => problem('no-such-reference'),
  holding_main: () => problem('post-held'),
  holding_stand_in: () => problem('post-held'),
}
