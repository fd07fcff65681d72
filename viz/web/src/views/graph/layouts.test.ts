import { expect, test } from 'vitest'
import { CELL, beside, gridded, layered, radial, type Point } from './layouts'
import type { Edge, Node } from './merging'

const node = (iri: string, some: Partial<Node> = {}): Node => ({
  iri,
  kind: 'Task',
  label: iri,
  number: null,
  year: null,
  place: null,
  ...some,
})
const many = Array.from({ length: 60 }, (_, at) => node(`task/${at}`, { year: [2022, 2023, null][at % 3] as number | null }))
const star: Edge[] = many.slice(1).map((one) => ({ source: one.iri, target: 'task/0', relation: 'plan' }))

const apart = (places: Iterable<Point>): boolean => {
  const all = [...places]
  return all.every((one, at) =>
    all.slice(at + 1).every((two) => Math.abs(one.x - two.x) > CELL.x * 0.45 || Math.abs(one.y - two.y) > CELL.y * 0.5),
  )
}

test.each([
  ['grid', gridded(many)],
  ['layers', layered(many, '无年度').places],
  ['rings', radial(many, star, 'task/0')],
])('no two nodes share a place: %s', (_, places) => {
  expect(places.size).toBe(60)
  expect(apart(places.values())).toBe(true)
})

test('layers go by year, what has none first', () => {
  const { places, headings } = layered(many, '无年度')
  expect(headings.map((one) => one.text)).toEqual(['无年度', '2022', '2023'])
  expect(places.get('task/2')?.x).toBeLessThan(places.get('task/0')?.x ?? 0)
  expect(places.get('task/0')?.x).toBeLessThan(places.get('task/1')?.x ?? 0)
})

test('rings go by steps, what cannot be reached last', () => {
  const nodes = ['a', 'b', 'c', 'alone'].map((iri) => node(iri))
  const chain = [
    ['a', 'b'],
    ['b', 'c'],
  ].map(([source, target]) => ({ source, target, relation: 'cites' }) as Edge)
  const places = radial(nodes, chain, 'a')
  const far = (iri: string): number => Math.hypot(places.get(iri)?.x ?? 0, places.get(iri)?.y ?? 0)
  expect(far('a')).toBe(0)
  expect([far('b'), far('c'), far('alone')]).toEqual([far('b'), far('c'), far('alone')].sort((one, other) => one - other))
})

test.each([
  ['one', 1, []],
  ['fifty beside nothing', 50, []],
  ['fifty beside others', 50, [...gridded(many).values()]],
] as [string, number, Point[]][])('new nodes lie on none that are there: %s', (_, n, taken) => {
  const found = beside({ x: 0, y: 0 }, n, [{ x: 0, y: 0 }, ...taken])
  expect(found).toHaveLength(n)
  expect(found.every((one) => taken.every((other) => Math.hypot(one.x - other.x, one.y - other.y) > CELL.y))).toBe(true)
  expect(apart(found)).toBe(true)
})
