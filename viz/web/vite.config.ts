import vue from '@vitejs/plugin-vue'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Beside each file its compressed forms, so that the server sends them as they are. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      for (const name of readdirSync(here('dist'), { recursive: true }) as string[]) {
        if (!/\.(js|css|html|svg|json)$/.test(name)) continue
        const path = join(here('dist'), name)
        const bytes = readFileSync(path)
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }))
      }
    },
  }
}

/** ECharts whole, for the pages that `zhengpu graph` writes. */
function vendored(): Plugin {
  return {
    name: 'vendored',
    apply: 'build',
    closeBundle() {
      mkdirSync(here('dist/vendor'), { recursive: true })
      copyFileSync(here('node_modules/echarts/dist/echarts.min.js'), here('dist/vendor/echarts.min.js'))
    },
  }
}

export default defineConfig({
  base: './', // the server may stand under any path
  plugins: [vue(), vendored(), compressed()],
  resolve: {
    alias: [
      { find: '@', replacement: here('src') },
      { find: /^fflate$/, replacement: here('src/zipping.ts') },
    ],
  },
  define: { __VUE_I18N_FULL_INSTALL__: true, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false, __VUE_OPTIONS_API__: true },
  cacheDir: process.env.VITE_CACHE ?? 'node_modules/.vite',
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 900 },
  server: { proxy: { '^/(api|sparql|id|page|data|ontology|graphs|.well-known)': process.env.ZHENGPU_URL ?? 'http://127.0.0.1:8000' } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
