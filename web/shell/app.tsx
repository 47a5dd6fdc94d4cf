import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider, type ConfigProviderProps } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import { type ReactNode, useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { themeFor } from '../ui/theme.ts'
import { type Language, LanguageProvider, useLanguage } from './language.tsx'
import { LookProvider, useLook } from './look.tsx'
import { createQueryClient } from './query-client.ts'
import { createRouter } from './routes.tsx'
import { SessionGate } from './session-gate.tsx'

/** The desk: cache, language, look, session, routes. */
export function App() {
  const [client] = useState(createQueryClient)
  const [router] = useState(createRouter)
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <LookProvider>
          <Dressed>
            <SessionGate>
              <RouterProvider router={router} />
            </SessionGate>
          </Dressed>
        </LookProvider>
      </LanguageProvider>
    </QueryClientProvider>
  )
}

// antd calls itself CommonJS, so TypeScript takes the default export of its modules for a namespace; at run time it is the locale.
const LOCALES = { zh: zhCN, en: enUS } as unknown as Record<Language, NonNullable<ConfigProviderProps['locale']>>

function Dressed({ children }: { children: ReactNode }) {
  const { language } = useLanguage()
  const { shown } = useLook()
  return (
    <ConfigProvider locale={LOCALES[language]} theme={themeFor(shown)} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  )
}
