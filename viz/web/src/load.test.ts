import { effectScope, nextTick, ref, type EffectScope, type Ref } from 'vue'
import { expect, test, vi } from 'vitest'
import { useLoad } from './load'

/** Answers in the order of the requests, each given by hand; broken off as `fetch` does it. */
const answers = vi.hoisted(() => [] as ((told: unknown) => void)[])
vi.mock('./language', () => ({ language: { value: 'zh' } }))
vi.mock('./api', () => ({
  Problem: Error,
  get: (_path: string, _params: object, signal: AbortSignal) =>
    new Promise((done, failed) => {
      signal.addEventListener('abort', () => failed(signal.reason))
      answers.push(done)
    }),
}))
const settled = async (): Promise<void> => void (await new Promise((done) => setTimeout(done)))

test('what was asked last is kept, whichever answer comes first', async () => {
  const name = ref('a')
  const { data, loading } = useLoad<string>(() => [`/${name.value}`])
  name.value = 'b'
  await nextTick()
  const [first, second] = answers.splice(0)
  second?.('of b')
  first?.('of a')
  await settled()
  expect([data.value, loading.value]).toEqual(['of b', false])
})

test.each<[string, (scope: EffectScope, asks: Ref<boolean>) => void]>([
  ['the view is left', (scope) => scope.stop()],
  ['nothing is asked any more', (_, asks) => (asks.value = false)],
])('it is no error when %s while an answer is waited for', async (_, leave) => {
  const [scope, asks] = [effectScope(), ref(true)]
  const loaded = scope.run(() => useLoad(() => (asks.value ? ['/a'] : null)))
  leave(scope, asks) // an error that nobody catches would fail the run
  await settled()
  expect(loaded?.error.value).toBeUndefined()
})
