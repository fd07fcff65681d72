import { expect, test } from 'vitest'
import { asked, countKinds, toBlocks, type DocumentMark } from './blocks'

const mark = (start: number, end: number, kind = 'Task', iri = `${start}`): DocumentMark => ({
  start,
  end,
  kind,
  iri,
  states: null,
  stands: '',
  page: null,
})

test('pages take what stands between them', () => {
  const blocks = toBlocks('封面\n正文', [], [{ page: 1, start: 0, end: 2 }, { page: 2, start: 3, end: 5 }]) // prettier-ignore
  expect(blocks.map((one) => [one.page, one.text])).toEqual([[1, '封面\n'], [2, '正文']]) // prettier-ignore
})

test('a mark that goes over a page is in both', () => {
  const blocks = toBlocks('abcdef', [mark(2, 5)], [{ page: 1, start: 0, end: 3 }, { page: 2, start: 3, end: 6 }]) // prettier-ignore
  expect(blocks.map((one) => one.marks.length)).toEqual([1, 1])
})

test('a long text is cut at its lines and loses nothing', () => {
  const text = `${'长'.repeat(999)}\n`.repeat(7)
  const blocks = toBlocks(text, [], [])
  expect(blocks.length).toBe(4)
  expect(blocks.map((one) => one.text).join('')).toBe(text)
})

test('an empty text is one empty block', () => expect(toBlocks('', [], [])).toEqual([{ page: null, start: 0, text: '', marks: [] }]))

test('deadlines of all kinds are counted together', () => {
  expect(countKinds([mark(0, 1, 'FixedDeadline'), mark(1, 2, 'StandingDeadline'), mark(2, 3)])).toEqual([['Deadline', 2], ['Task', 1]]) // prettier-ignore
})

test.each([
  ['by its place', '2-4', '', 2],
  ['by a place within it', '3', '', 2],
  ['by its fact', '', '0', 0],
  ['by a place without a mark', '90-91', '', undefined],
  ['by nothing', '', '', undefined],
])('the mark that an address asks for: %s', (_, at, fact, start) => expect(asked([mark(0, 10), mark(2, 4)], at, fact)?.start).toBe(start))
