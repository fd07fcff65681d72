/** Light, dark, or as the system has it. */
import { computed, ref, watchEffect } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
export const theme = ref<Theme>((localStorage.getItem('theme') as Theme | null) ?? 'auto')
const system = matchMedia('(prefers-color-scheme: dark)')
const systemDark = ref(system.matches)
system.addEventListener('change', (event) => (systemDark.value = event.matches))

export const dark = computed(() => theme.value === 'dark' || (theme.value === 'auto' && systemDark.value))

watchEffect(() => {
  document.documentElement.classList.toggle('dark', dark.value)
  localStorage.setItem('theme', theme.value)
})
