import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { theme } from '../ui/theme.ts'
import { LanguageProvider, useLanguage } from './language.tsx'
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
        <Look>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </Look>
      </LanguageProvider>
    </QueryClientProvider>
  )
}

function Look({ children }: { children: ReactNode }) {
  const { language } = useLanguage()
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  )
}
