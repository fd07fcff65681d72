/** The queries that were run in this browser, the latest first. */
import { ref } from 'vue'

export interface Past {
  at: string
  sparql?: string
  name?: string
  values?: Record<string, string>
}

const KEY = 'queries'
const MOST = 50

function read(): Past[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Past[]
  } catch {
    return []
  }
}

export const history = ref<Past[]>(read())

export function remember(one: Omit<Past, 'at'>): void {
  const same = (other: Past): boolean =>
    JSON.stringify([other.sparql, other.name, other.values]) === JSON.stringify([one.sparql, one.name, one.values])
  history.value = [{ ...one, at: new Date().toISOString() }, ...history.value.filter((other) => !same(other))].slice(0, MOST)
  localStorage.setItem(KEY, JSON.stringify(history.value))
}

export function forgetAll(): void {
  history.value = []
  localStorage.removeItem(KEY)
}
