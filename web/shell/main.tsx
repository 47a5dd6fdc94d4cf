import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles.ts'
import { App } from './app.tsx'
import { markLook } from './look.tsx'

markLook()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
