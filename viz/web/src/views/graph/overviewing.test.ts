import { expect, test } from 'vitest'
import { begin, sizes, type Dot } from './overviewing'

const dot = (iri: string, kind: string): Dot => ({ iri, kind, label: iri, year: null })
const nodes = [
  dot('t1', 'Task'),
  dot('t2', 'Task'),
  dot('plan', 'Plan'),
  dot('other plan', 'Plan'),
  dot('unit', 'Unit'),
  dot('alone', 'Unit'),
]
const whole = { nodes, edges: [[0, 2, 0], [1, 2, 0], [0, 4, 1], [1, 4, 1]] as [number, number, number][], relations: ['plan', 'lead'] } // prettier-ignore
const far = (at: Float32Array, one: number, other: number): number =>
  Math.hypot((at[2 * one] ?? 0) - (at[2 * other] ?? 0), (at[2 * one + 1] ?? 0) - (at[2 * other + 1] ?? 0))

test('tasks begin nearest to their own plan', () => {
  const at = begin(whole)
  expect(far(at, 0, 2)).toBeLessThan(far(at, 0, 3))
  expect(far(at, 1, 2)).toBeLessThan(far(at, 1, 3))
})

test('no two begin at one place, and always at the same', () => {
  const at = begin(whole)
  for (let one = 0; one < nodes.length; one++) for (let two = 0; two < one; two++) expect(far(at, one, two)).toBeGreaterThan(0.5)
  expect(begin(whole)).toEqual(at)
})

test('what more hangs on is larger', () => {
  const found = sizes(whole)
  expect(found[4]).toBeGreaterThan(found[5] ?? 0)
  expect(Math.max(...sizes({ nodes, edges: Array.from({ length: 900 }, () => [0, 1, 0]) }))).toBe(14)
})
