import { enNumbers } from '../../shell/catalogue/en-numbers.ts'
import { type NumbersWords, zhNumbers } from '../../shell/catalogue/zh-numbers.ts'
import { useLanguage } from '../../shell/language.tsx'

/** The words of the page in the language of the screen. */
export function useNumbersText(): NumbersWords {
  return useLanguage().language === 'zh' ? zhNumbers : enNumbers
}
