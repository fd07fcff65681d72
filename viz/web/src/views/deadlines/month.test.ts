import { expect, test } from 'vitest'
import { lastDay, monthsBetween, nearest, shifted, weeksOf } from './month'

test.each([
  ['a month that begins on a Friday', '2023-09', 4, 5, '2023-09-01'],
  ['a month that begins on a Sunday', '2023-10', 6, 6, '2023-10-01'],
  ['a month that begins on a Monday', '2024-04', 0, 5, '2024-04-01'],
  ['the shortest month, in four weeks', '2021-02', 0, 4, '2021-02-01'],
])('the weeks of a month: %s', (_, month, empty, weeks, first) => {
  const found = weeksOf(month)
  expect(found.length).toBe(weeks)
  expect(found[0]?.indexOf(first)).toBe(empty)
  expect(found.flat().filter(Boolean).at(-1)).toBe(lastDay(month))
})

test.each([
  ['2023-12', 1, '2024-01'],
  ['2024-01', -1, '2023-12'],
  ['2023-05', 12, '2024-05'],
])('%s and %i months', (month, by, found) => expect(shifted(month, by)).toBe(found))

test('the last day of a leap year’s February', () => expect(lastDay('2024-02')).toBe('2024-02-29'))
test('months between two', () => expect(monthsBetween('2023-11', '2024-02')).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']))

test.each([
  ['this month has something', ['2023-01', '2023-02'], '2023-02', '2023-02'],
  ['a later one has', ['2023-01', '2023-06'], '2023-02', '2023-06'],
  ['only earlier ones have', ['2021-01', '2022-12'], '2026-11', '2022-12'],
  ['none has', [], '2026-11', '2026-11'],
])('the month to begin with: %s', (_, months, now, found) => expect(nearest(months, now)).toBe(found))
