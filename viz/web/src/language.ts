/** Chinese first, English by a switch. The words of a view stand in its folder, in `words.ts`; they are found under the folder's name. */
import { computed, type Ref } from 'vue'
import { createI18n } from 'vue-i18n'
import words from './words'

export type Language = 'zh' | 'en'
type Words = Record<string, unknown>

const views = import.meta.glob<{ default: Record<Language, Words> }>('./views/*/words.ts', { eager: true })
const messages: Record<Language, Words> = { zh: { ...words.zh }, en: { ...words.en } }
for (const [path, module] of Object.entries(views)) {
  const name = path.split('/')[2] as string
  for (const language of ['zh', 'en'] as const) {
    const shared = messages[language][name] // the frame may have words under the same name, as it has for queries
    messages[language][name] = { ...(typeof shared === 'object' ? shared : {}), ...module.default[language] }
  }
}

function remembered(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('language')
  return asked === 'en' ? 'en' : 'zh'
}

export const i18n = createI18n({ legacy: false, locale: remembered(), fallbackLocale: 'zh', messages } as never)
// the library's types would spell out every key of every language
const spoken = i18n.global as unknown as { locale: Ref<Language>; t: (key: string, values: Record<string, unknown>) => string }

export const language = computed<Language>({
  get: () => spoken.locale.value,
  set: (value) => {
    spoken.locale.value = value
    localStorage.setItem('language', value)
  },
})

/** A word by its key. */
export const t = (key: string, values: Record<string, unknown> = {}): string => spoken.t(key, values)

/** The name of a code in the language of the page. */
export const named = (code: { zh: string; en: string } | null | undefined): string => (code ? code[language.value] : '')

/** A number as it is read. */
export const count = (value: number | null | undefined): string => (value ?? 0).toLocaleString('en-US')
