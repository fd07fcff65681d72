import { expect, test } from 'vitest'
import { along, bandsOf, columnsOf, thickest, toAsked, type Flow, type Node } from './flow'
import { layOut } from './layout'

const none = { verbatim: 0, edited: 0, rewritten: 0 }
const flow = (source: string, target: string, code = 'continues', value = 1): Flow => ({
  source, target, value, relation: { code, zh: '', en: '' }, verbatim: value, edited: 0, rewritten: 0, new: 1, dropped: 2, pairs: 1, broken_down: none,
}) // prettier-ignore
const ways = (flows: readonly Flow[]) => flows.map((one) => `${one.source}${one.target}`)
const node = (id: string, year: number, level: string): Node => ({ id, label: id, year, place: '', level: { code: level, zh: '', en: '' } })
const nodes = [node('a', 2020, 'province'), node('b', 2021, 'province'), node('c', 2020, 'county'), node('d', 2020, 'county')]
const told = (links: Flow[]) => ({ nodes, links, more: false, plans: 4, compared: [] })

test.each([
  ['years', [flow('a', 'b'), flow('a', 'c', 'adapts')], ['ab']],
  ['levels', [flow('a', 'b'), flow('a', 'c', 'adapts'), flow('c', 'd', 'breaks-down')], ['ac', 'cd']],
  ['levels', [flow('c', 'd', 'parallels')], []],
  ['years', [flow('b', 'a')], []],
] as const)('what flows along %s and never back: %#', (axis, links, found) => expect(ways(along(told([...links]), axis))).toEqual(found))

test('the thickest are drawn, the rest is summed', () => {
  const { drawn, rest, tasks } = thickest([flow('a', 'b', 'x', 1), flow('c', 'd', 'x', 9), flow('e', 'f', 'x', 5)], 2)
  expect([ways(drawn), rest, tasks]).toEqual([['cd', 'ef'], 1, 1])
})

test('columns leave no gap, and a ledger stands behind its plan', () => {
  const two = [node('a', 2020, 'province'), node('b', 2023, 'county')]
  expect([...columnsOf(two, [], 'years').values()]).toEqual([0, 1])
  expect([...columnsOf(nodes, [flow('c', 'd', 'breaks-down')], 'levels').values()]).toEqual([0, 0, 1, 2])
})

test('parts of a task that was broken down count once', () => {
  const bands = bandsOf({ ...flow('a', 'b', 'adapts', 9), rewritten: 4, broken_down: { verbatim: 2, edited: 0, rewritten: 3 } })
  expect(bands).toEqual({ verbatim: 7, edited: 0, rewritten: 1, 'broken-down': 5, dropped: 2, new: 1 })
})

test.each([
  ['places', '2020|http://x/1>2021|http://x/2', { earlier_year: '2020', earlier_place: 'http://x/1', year: '2021', place: 'http://x/2' }],
  ['no year', '|http://x/1>2021|http://x/2|ledger', { earlier_year: '', earlier_place: 'http://x/1', year: '2021', place: 'http://x/2' }],
  ['plans', 'http://x/a>http://x/b', { earlier_plan: 'http://x/a', plan: 'http://x/b' }],
])('how a list asks for a flow: %s', (_, line, asked) => expect(toAsked(line, 'adapts')).toEqual({ ...asked, relation: 'adapts' }))

test('bars of a column do not overlap, and ribbons keep within their bars', () => {
  const links = [flow('a', 'c', 'adapts', 40), flow('a', 'd', 'adapts', 20)]
  const columns = columnsOf(nodes, links, 'levels')
  const drawing = layOut(nodes, links, columns, new Set(['verbatim', 'dropped', 'new']), 'levels', 800)
  expect(drawing.bars.map((bar) => bar.node.id)).toEqual(['a', 'c', 'd'])
  const [a, c, d] = drawing.bars
  expect((c?.y ?? 0) + (c?.height ?? 0)).toBeLessThan(d?.y ?? 0)
  const leaving = drawing.ribbons.filter((one) => one.band !== 'new').reduce((sum, one) => sum + one.thickness, 0)
  expect(leaving).toBeCloseTo(a?.height ?? 0)
  expect(drawing.ribbons.filter((one) => one.band === 'new')).toHaveLength(2)
})

test('a hundred bars and more find room', () => {
  const many = Array.from({ length: 200 }, (_, at) => node(`n${at}`, 2015 + (at % 10), 'county'))
  const links = many
    .filter((_, at) => at % 10 < 9)
    .map((one, at) => flow(one.id, `n${Number(one.id.slice(1)) + 1}`, 'continues', 1 + (at % 60)))
  const columns = columnsOf(many, links, 'years')
  const drawing = layOut(many, links, columns, new Set(['verbatim']), 'years', 1000)
  expect(drawing.columns).toHaveLength(10)
  expect(drawing.ribbons.every((one) => /^M[\d.]+ [\d.]+[CL]/.test(one.path))).toBe(true)
})
