/** Steps that can be undone and done again. */
import { computed, shallowRef, type ComputedRef } from 'vue'

export interface Steps<S> {
  canUndo: ComputedRef<boolean>
  canRedo: ComputedRef<boolean>
  note: (before: S) => void
  undo: (now: S) => S | undefined
  redo: (now: S) => S | undefined
}

const MOST = 100

export function useSteps<S>(): Steps<S> {
  const past = shallowRef<S[]>([])
  const future = shallowRef<S[]>([])
  const move = (from: typeof past, to: typeof past, now: S): S | undefined => {
    const found = from.value.at(-1)
    if (found === undefined) return undefined
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, now]
    return found
  }
  return {
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    note: (before) => {
      past.value = [...past.value.slice(1 - MOST), before]
      future.value = []
    },
    undo: (now) => move(past, future, now),
    redo: (now) => move(future, past, now),
  }
}
