/** Data that follows what it is asked with: loads again on every change, drops what has been overtaken. */
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { Problem, get, type Params } from './api'
import { language } from './language'

export interface Loaded<T> {
  data: ShallowRef<T | undefined>
  error: ShallowRef<Problem | undefined>
  loading: Ref<boolean>
  reload: () => void
}

/** What `asked` names, path and parameters; null asks nothing. The last answer stays until the next one is here. */
export function useLoad<T>(asked: () => [path: string, params?: Params] | null): Loaded<T> {
  const data = shallowRef<T>()
  const error = shallowRef<Problem>()
  const loading = ref(false)
  let running: AbortController | undefined

  async function reload(): Promise<void> {
    running?.abort()
    const what = asked()
    if (!what) {
      data.value = undefined
      loading.value = false
      return
    }
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const found = await get<T>(what[0], what[1] ?? {}, mine.signal)
      if (!mine.signal.aborted) [data.value, error.value] = [found, undefined]
    } catch (reason) {
      if (mine.signal.aborted) return // overtaken, or nobody waits for it any more
      if (!(reason instanceof Problem)) throw reason
      ;[data.value, error.value] = [undefined, reason]
    } finally {
      if (!mine.signal.aborted) loading.value = false
    }
  }

  watch(() => JSON.stringify([asked(), language.value]), reload, { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, error, loading, reload }
}
