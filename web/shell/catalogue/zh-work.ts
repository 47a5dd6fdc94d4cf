/** Words of the work page beyond the names of its groups. */
export const zhWork = {
  dueSoon: (days: number) => `${days} 天内到期`,
  since: '已等',
  sinceToday: '今天开始',
  sinceDays: (days: number) => `${days} 天`,
  workingLeft: (days: number) => `还有 ${days} 个工作日`,
  done: '这一类已经办完',
  doneText: '没有轮到您办理的了。其他事项还在等您。',
  rest: '查看其他事项',
  keys: '快捷键',
  keyTable: [
    ['j', '下一件'],
    ['k', '上一件'],
    ['Enter', '打开选中的一件'],
    ['/', '查找（Ctrl+K 亦可）'],
    ['↑ ↓', '在查找结果中移动'],
    ['Esc', '关闭查找或窗口'],
    ['?', '显示本表'],
  ] as readonly (readonly [string, string])[],
}

export type WorkWords = typeof zhWork
