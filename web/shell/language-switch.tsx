import { useLanguage } from './language.tsx'

/** 中文 or English; each named in its own language. */
export function LanguageSwitch() {
  const { language, setLanguage, t } = useLanguage()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <button
      type="button"
      className="link-button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => setLanguage(other)}
      title={t.switchLanguage}
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  )
}
