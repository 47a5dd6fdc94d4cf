import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const SERVER = process.env['QINBA_API'] ?? 'http://127.0.0.1:8080'

// Every asset is a file of our own origin, so that the page runs under script-src 'self'.
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: { port: 5173, proxy: { '/api': SERVER, '/tiles': SERVER } },
})
