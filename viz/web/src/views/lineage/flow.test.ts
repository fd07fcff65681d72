import { expect, test } from 'vitest'
import { along, columnsOf, thickest, withoutCycles, type Flow, type Node } from './flow'

const flow = (source: string, target: string, code = 'continues', value = 1): Flow => ({
  source, target, value, relation: { code, zh: '', en: '' }, verbatim: value, edited: 0, rewritten: 0, new: 0, dropped: 0, pairs: 1,
}) // prettier-ignore
const ways = (flows: Flow[]) => flows.map((one) => `${one.source}${one.target}`)
const node = (id: string, year: number, level: string): Node => ({ id, label: id, year, place: '', level: { code: level, zh: '', en: '' } })

test.each([
  ['a line', [flow('a', 'b'), flow('b', 'c')], ['ab', 'bc']],
  ['a way back', [flow('a', 'b'), flow('b', 'a')], ['ab']],
  ['a long way back', [flow('a', 'b'), flow('b', 'c'), flow('c', 'a')], ['ab', 'bc']],
  ['two ways to one', [flow('a', 'b'), flow('a', 'c'), flow('b', 'd'), flow('c', 'd')], ['ab', 'ac', 'bd', 'cd']],
])('a diagram has no circles: %s', (_, flows, found) => expect(ways(withoutCycles(flows))).toEqual(found))

test.each([
  ['years', ['ab']],
  ['levels', ['cd', 'de']],
  ['all', ['ab', 'cd', 'de']],
] as const)('what flows along %s', (axis, found) => {
  const links = [
    flow('a', 'b'),
    flow('c', 'd', 'adapts'),
    flow('d', 'e', 'breaksDown'),
    flow('x', 'y', 'parallels'),
    flow('p', 'q', 'continues', 0),
  ]
  expect(ways(along({ nodes: [], links, more: false }, axis))).toEqual(found)
})

test('the thickest are drawn, the rest is counted', () => {
  const { drawn, rest } = thickest([flow('a', 'b', 'x', 1), flow('c', 'd', 'x', 9), flow('e', 'f', 'x', 5)], 2)
  expect([ways(drawn), rest]).toEqual([['cd', 'ef'], 1])
})

test('columns leave no gap', () => {
  const nodes = [node('a', 2020, 'province'), node('b', 2023, 'county')]
  expect([...columnsOf(nodes, 'years').values()]).toEqual([0, 1])
  expect([...columnsOf(nodes, 'levels').values()]).toEqual([0, 1])
})
