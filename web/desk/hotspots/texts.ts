import { enHotspots } from '../../shell/catalogue/en-hotspots.ts'
import { type HotspotsWords, zhHotspots } from '../../shell/catalogue/zh-hotspots.ts'
import { useLanguage } from '../../shell/language.tsx'

/** The words of the page in the language of the screen. */
export function useHotspotsText(): HotspotsWords {
  return useLanguage().language === 'zh' ? zhHotspots : enHotspots
}
