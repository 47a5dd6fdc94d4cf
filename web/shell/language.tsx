import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { en } from './catalogue/en.ts'
import { type Catalogue, zh } from './catalogue/zh.ts'

export type Language = 'zh' | 'en'
type Choice = { language: Language; t: Catalogue; setLanguage(language: Language): void }

const CATALOGUES: Record<Language, Catalogue> = { zh, en }
const STORED = 'qinba.language'
const LanguageContext = createContext<Choice>({ language: 'zh', t: zh, setLanguage: () => {} })

/** Chinese first; the switch is kept on this machine. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(storedLanguage)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    keepLanguage(language)
  }, [language])
  const choice = useMemo(() => ({ language, t: CATALOGUES[language], setLanguage }), [language])
  return <LanguageContext value={choice}>{children}</LanguageContext>
}

/** The language of the screen and the way to change it. */
export function useLanguage(): Choice {
  return useContext(LanguageContext)
}

/** Every text of the desk in the language of the screen. */
export function useText(): Catalogue {
  return useContext(LanguageContext).t
}

/** Remembers the choice on this machine; signing out empties the store, the language of the screen is no secret. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(STORED, language)
}

function storedLanguage(): Language {
  return localStorage.getItem(STORED) === 'en' ? 'en' : 'zh'
}
