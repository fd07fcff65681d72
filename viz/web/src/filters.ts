/** The facets that every view shares. They live in the address, and go along from view to view. */
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery, type LocationQueryRaw } from 'vue-router'

export const FACETS = ['year', 'place', 'level', 'plan', 'unit', 'function', 'role', 'instrument', 'deadline', 'relation'] as const
export type Facet = (typeof FACETS)[number]
export type Filters = Partial<Record<Facet, string[]>>

/** The facets that an address names. */
export function toFilters(query: LocationQuery): Filters {
  const found: Filters = {}
  for (const name of FACETS) {
    const values = [query[name] ?? []].flat().filter((value): value is string => !!value)
    if (values.length) found[name] = values
  }
  return found
}

/** What of an address goes along to another view: facets and language. */
export function kept(query: LocationQuery): LocationQueryRaw {
  const lang = query.lang ? { lang: query.lang } : {}
  return { ...toFilters(query), ...lang }
}

export function useFilters(): {
  filters: ComputedRef<Filters>
  any: ComputedRef<boolean>
  choose: (name: Facet, values: readonly string[]) => void
  clear: () => void
} {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => toFilters(route.query))

  function write(changed: Filters): void {
    const rest: LocationQueryRaw = { ...route.query, page: undefined }
    for (const name of FACETS) delete rest[name]
    void router.push({ path: route.path, query: { ...rest, ...changed } })
  }

  return {
    filters,
    any: computed(() => Object.keys(filters.value).length > 0),
    choose: (name, values) => write({ ...filters.value, [name]: values.length ? [...values] : undefined }),
    clear: () => write({}),
  }
}

/**
 * A value of the address as a ref: `const tab = useParam('tab', 'tasks')`. What equals the default is not written.
 * A change is a step that the back button undoes; `typed` values, which change with every key, are not.
 */
export function useParam(name: string, otherwise = '', typed = false): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed<string>({
    get: () => String([route.query[name]].flat()[0] ?? otherwise),
    set: (value) => {
      pending[name] = value === otherwise ? undefined : value
      if (queued) return
      // several that change at once are one step; those of a step that is not done yet are not lost by the next
      queued = true
      queueMicrotask(() => {
        queued = false
        const mine = ++steps
        const done = (): void => void (mine === steps && !queued && (pending = {}))
        router[typed ? 'replace' : 'push']({ path: route.path, query: { ...route.query, ...pending } }).then(done, done)
      })
    },
  })
}

let pending: LocationQueryRaw = {}
let queued = false
let steps = 0
