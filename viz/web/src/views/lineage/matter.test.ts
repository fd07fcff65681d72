import { expect, test } from 'vitest'
import type { Told } from '@/parts/task'
import type { Link } from './link'
import { toLine } from './matter'

const task = (iri: string, year: number, place: string) => ({ iri, year, place: { iri: place, label: place } }) as unknown as Told
const link = (later: string, earlier: string, score: number) =>
  ({ later: { iri: later }, earlier: { iri: earlier }, score }) as unknown as Link

test('a line goes by years, and each wording knows what it comes from, the nearest first', () => {
  const line = toLine(
    [task('c', 2022, '乙区'), task('a', 2021, '甲市'), task('b', 2022, '甲市')],
    [link('b', 'a', 0.6), link('b', 'x', 0.9)],
  )
  expect(line.years.map(({ year, entries }) => [year, entries.map((entry) => entry.task.iri)])).toEqual([
    [2021, ['a']],
    [2022, ['c', 'b']],
  ])
  expect(line.years[1]?.entries[1]?.links.map((one) => one.earlier.iri)).toEqual(['x', 'a'])
  expect(line.places).toEqual(['乙区', '甲市'])
  expect(line.grid.get('2022 甲市')).toBe(1)
})
