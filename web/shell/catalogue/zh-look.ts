/** Words of the switch between light and dark. */
export const zhLook = {
  system: '跟随系统',
  light: '浅色',
  dark: '深色',
  switch: (now: string, next: string) => `外观：${now}。点击换成${next}`,
}
