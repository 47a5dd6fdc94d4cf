import type { zhLook } from './zh-look.ts'

export const enLook: typeof zhLook = {
  system: 'as the system',
  light: 'light',
  dark: 'dark',
  switch: (now, next) => `Look: ${now}. Press for ${next}`,
}
