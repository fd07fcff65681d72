/** A walk: what is on the graph follows from the address; every step is written there, and can be undone. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { Problem } from '@/api'
import { kept } from '@/filters'
import { around, forget, gather } from './gathering'
import { nothing, type Gathered } from './merging'
import { closing, fromParams, opening, removing, toParams, type State } from './state'
import { useSteps, type Steps } from './steps'

const FEW = 30 // neighbours by one relation that a start is opened with
const FIRST = 60 // and by all of them

export interface Walk {
  state: ComputedRef<State>
  found: ShallowRef<Gathered>
  error: ShallowRef<Problem | undefined>
  loading: Ref<boolean>
  steps: Steps<State>
  load: () => Promise<void>
  change: (next: State) => void
  start: (iri: string) => Promise<void>
  open: (iri: string, relation: string) => void
  openAll: (iri: string) => Promise<void>
  close: (iri: string) => void
  remove: (iri: string) => void
  toggle: (kind: string) => void
  pin: (iri: string, at: [number, number] | null) => void
  back: (step: State | undefined) => void
}

export function useWalk(): Walk {
  const route = useRoute()
  const router = useRouter()
  const steps = useSteps<State>()
  const state = computed(() => fromParams(route.query))
  const found = shallowRef(nothing())
  const error = shallowRef<Problem>()
  const loading = ref(false)
  let last = 0

  async function load(): Promise<void> {
    const mine = ++last
    loading.value = true
    try {
      const asked = state.value
      const answer = await gather(asked)
      if (mine !== last) return // overtaken
      ;[found.value, error.value] = [answer, undefined]
      if (!asked.begun && asked.starts.length) await write(await begun(asked), true)
    } catch (reason) {
      if (!(reason instanceof Problem)) throw reason
      if (mine === last) error.value = reason
    } finally {
      if (mine === last) loading.value = false
    }
  }

  const write = (next: State, quietly = false): Promise<unknown> =>
    router[quietly ? 'replace' : 'push']({ path: route.path, query: { ...kept(route.query), ...toParams(next) } })

  function change(next: State): void {
    steps.note(state.value)
    void write(next)
  }

  async function start(iri: string): Promise<void> {
    const now = state.value
    if (now.starts.includes(iri) && !now.removed.includes(iri)) return
    const next = { ...now, starts: [...new Set([...now.starts, iri])], removed: now.removed.filter((one) => one !== iri) }
    change(await begun(next, iri))
  }

  function toggle(kind: string): void {
    const { hidden } = state.value
    change({ ...state.value, hidden: hidden.includes(kind) ? hidden.filter((one) => one !== kind) : [...hidden, kind] })
  }

  function pin(iri: string, at: [number, number] | null): void {
    const { [iri]: _, ...pins } = state.value.pins
    change({ ...state.value, pins: at ? { ...pins, [iri]: at } : pins })
  }

  forget() // the store may have changed since the last walk
  watch(() => JSON.stringify({ ...state.value, layout: '', pins: {} }), load, { immediate: true })
  return {
    state,
    found,
    error,
    loading,
    steps,
    load,
    change,
    start,
    open: (iri, relation) => change(opening(state.value, iri, relation)),
    openAll: async (iri) => change(await opened(state.value, iri, FEW, Infinity)),
    close: (iri) => change(closing(state.value, iri)),
    remove: (iri) => change(removing(state.value, iri)),
    toggle,
    pin,
    back: (step) => void (step && write(step)),
  }
}

/** A state whose starts, or one of them, are opened by their smaller relations: a start alone says little. */
async function begun(state: State, only?: string): Promise<State> {
  // a start may be given by its name
  const known = new Map(await Promise.all(state.starts.map(async (name) => [name, (await around(name)).node.iri] as const)))
  let next: State = { ...state, begun: true, starts: [...new Set(known.values())] }
  for (const [name, iri] of known) if (!only || name === only) next = await opened(next, iri, FEW, FIRST)
  return next
}

async function opened(state: State, iri: string, few: number, most: number): Promise<State> {
  const { relations } = await around(iri)
  const small = relations.filter((one) => one.count <= few && !one.more).sort((one, other) => one.count - other.count)
  let next = state
  let total = 0
  for (const one of small.length ? small : relations.slice(0, 1)) {
    const relation = `${one.relation}:${one.inward ? 'in' : 'out'}`
    if (next.opened.some((each) => each.node === iri && each.relation === relation)) continue
    if ((total += one.count) > most) break
    next = opening(next, iri, relation)
  }
  return next
}
