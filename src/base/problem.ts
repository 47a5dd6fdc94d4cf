/** The languages that every text of the product exists in; Chinese is the first. */
export type Language = 'zh' | 'en'
export type Params = Record<string, string | number>
export interface Text {
  zh: string
  en: string
}

/** One refusal or error that a context may raise: its HTTP status and its text, with `{name}` where a parameter goes. */
export interface ProblemDef extends Text {
  status: number
}

/** An expected failure. The router turns it into RFC 9457 problem+json; anything else thrown is our bug and becomes a 500. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly text: Text
  readonly params: Params
  readonly headers: Record<string, string>

  constructor(code: string, def: ProblemDef, params: Params = {}, headers: Record<string, string> = {}) {
    super(`${code} ${JSON.stringify(params)}`)
    this.code = code
    this.status = def.status
    this.text = def
    this.params = params
    this.headers = headers
  }
}

/** Declares the problems of one context: `const problem = defineProblems('cases', {...}); throw problem('not-now', {...})`. */
export function defineProblems<K extends string>(context: string, defs: Record<K, ProblemDef>) {
  return Object.assign(
    (key: K, params: Params = {}, headers: Record<string, string> = {}) =>
      new Problem(`${context}/${key}`, defs[key], params, headers),
    { defs },
  )
}

/** Puts the parameters into a text of the wanted language. */
export function say(text: Text, params: Params, language: Language): string {
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}

/** The body of an error answer (RFC 9457), with our `code` and `params` as extension members. */
export function problemJson(p: Problem, language: Language, instance: string) {
  const detail = say(p.text, p.params, language)
  return {
    type: `urn:qinba:problem:${p.code}`,
    title: detail.split(/[:：]/)[0],
    status: p.status,
    detail,
    code: p.code,
    params: p.params,
    instance,
  }
}

/** Problems that any route may raise. */
export const baseProblem = defineProblems('base', {
  'not-signed-in': { status: 401, zh: '尚未登录或登录已过期', en: 'Not signed in, or the session has ended' },
  'role-never': { status: 403, zh: '您的岗位没有这项权限：{permission}', en: 'Your post never may do this: {permission}' },
  'token-never': {
    status: 403,
    zh: '这项操作须本人登录办理，不接受访问令牌',
    en: 'This takes a person who has signed in; no token does it',
  },
  'token-reads-only': { status: 403, zh: '该访问令牌只读，不能写入', en: 'This token reads only' },
  'account-reads-only': { status: 403, zh: '该账号只读，不能写入', en: 'This account reads only' },
  'password-must-change': { status: 403, zh: '请先修改一次性密码', en: 'Change the one-time password first' },
  csrf: { status: 403, zh: '请求缺少有效的防伪令牌（x-csrf-token）', en: 'The request lacks a valid token (x-csrf-token)' },
  'not-found': { status: 404, zh: '没有找到：{what}', en: 'Not found: {what}' },
  malformed: { status: 400, zh: '请求格式不对：{where} {found}', en: 'The request does not parse: {where} {found}' },
  'does-not-hold': { status: 422, zh: '提交的内容不成立：{where} {found}', en: 'What was sent does not hold: {where} {found}' },
  'key-missing': {
    status: 400,
    zh: '写操作须带 Idempotency-Key 请求头（1 至 200 个可见字符）',
    en: 'A write needs an Idempotency-Key header (1 to 200 visible characters)',
  },
  'key-reused': {
    status: 422,
    zh: '同一 Idempotency-Key 已用于另一内容',
    en: 'This Idempotency-Key was used with other content',
  },
  'version-missing': {
    status: 428,
    zh: '须带 If-Match 请求头，写明读到的版本',
    en: 'An If-Match header with the version that was read is required',
  },
  'version-changed': {
    status: 409,
    zh: '版本已变：您读到的是 {found}，现在是 {expected}，请刷新后再办',
    en: 'The version changed: you read {found}, it is now {expected}; reload and try again',
  },
  'ogc-filter': {
    status: 400,
    zh: 'filter 不成立：{found}；应为 {expected}',
    en: 'The filter does not hold: {found}; expected {expected}',
  },
  'ogc-filter-text': {
    status: 400,
    zh: 'filter 第 {at} 个字符处读不懂：{found}；应为 {expected}',
    en: 'The filter does not parse at character {at}: {found}; expected {expected}',
  },
  'too-large': { status: 413, zh: '内容过大：上限 {limit}', en: 'Too large: the limit is {limit}' },
  'media-type': {
    status: 415,
    zh: '不支持的文件类型：{found}；可用 {expected}',
    en: 'Unsupported type: {found}; expected {expected}',
  },
  'too-many': { status: 429, zh: '尝试过于频繁，请 {seconds} 秒后再试', en: 'Too many attempts; try again in {seconds} s' },
  'no-room': {
    status: 507,
    zh: '存储空间不足，暂时只能查看：腾出空间后自动恢复，请稍后再试',
    en: 'No room to store it, only reading works: try again when there is room',
  },
  'metrics-closed': { status: 403, zh: '运行指标只在本机可看', en: 'Metrics are shown on this machine only' },
  'metrics-token': { status: 401, zh: '查看运行指标须带令牌', en: 'Metrics are shown to whoever bears the token' },
  unavailable: { status: 503, zh: '暂时不可用，请稍后再试', en: 'Unavailable for the moment, try again' },
  bug: { status: 500, zh: '系统内部错误，编号 {id}', en: 'Internal error, reference {id}' },
})
