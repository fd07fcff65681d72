import { expect, test } from 'vitest'
import { asked, countKinds, toBlocks, type Block, type DocumentMark } from './blocks'

const mark = (start: number, end: number, kind = 'Task', stands = ''): DocumentMark => ({
  start,
  end,
  kind,
  iri: `${start}`,
  states: null,
  stands,
  page: null,
})
/** The words of a block: of its text, and of its tables row by row. */
const words = (block: Block<DocumentMark>): unknown[] =>
  block.parts.map((part) => ('rows' in part ? part.rows.map((row) => row.cells.map((cell) => [cell.text, cell.span])) : part.text))

test('pages take what stands between them', () => {
  const blocks = toBlocks('封面\n正文', [], [{ page: 1, start: 0 }, { page: 2, start: 3 }]) // prettier-ignore
  expect(blocks.map((one) => [one.page, ...words(one)])).toEqual([[1, '封面\n'], [2, '正文']]) // prettier-ignore
})

test('a page may begin in the middle of a line, and a mark that goes over it is on both', () => {
  const blocks = toBlocks('abcdef', [mark(2, 5)], [{ page: 1, start: 0 }, { page: 2, start: 3 }]) // prettier-ignore
  expect(blocks.map((one) => words(one))).toEqual([['abc'], ['def']])
  expect(blocks.map((one) => one.parts.map((part) => 'marks' in part && part.marks.length))).toEqual([[1], [1]])
})

test('a long text is cut at its lines and loses nothing', () => {
  const text = `${'长'.repeat(999)}\n`.repeat(7)
  const blocks = toBlocks(text, [], [])
  expect(blocks.length).toBe(4)
  expect(blocks.flatMap(words).join('')).toBe(text)
})

test('an empty text is one empty block', () => expect(toBlocks('', [], [])).toEqual([{ page: null, start: 0, end: 0, parts: [] }]))

const TABLE = '前文\n序号\t事项\t单位\n1\t公开\t财政局\n2\t审计局\n一、总则\n后文'
const at = (words: string, column: number): DocumentMark =>
  mark(TABLE.indexOf(words), TABLE.indexOf(words) + words.length, 'Task', `表1 第1行 第${column}列`)

test('lines with tabs are rows where places tell of columns; a merged cell leaves a gap, one cell alone goes over all', () => {
  const [block] = toBlocks(TABLE, [at('公开', 2), at('审计局', 3), at('一、总则', 1)], [])
  expect(words(block as Block<DocumentMark>)).toEqual([
    '前文\n',
    [
      [['序号', 1], ['事项', 1], ['单位', 1]],
      [['1', 1], ['公开', 1], ['财政局', 1]],
      [['2', 1], ['', 1], ['审计局', 1]],
      [['一、总则', 3]],
    ],
    '后文',
  ]) // prettier-ignore
})

test('a head stands over what it names', () => {
  const text = '序号\t任务\t要求\t单位\t备注\n1\t总类\t小类\t公开\t财政局'
  const told = (words: string, kind: string, column: number): DocumentMark => mark(text.indexOf(words), text.indexOf(words) + words.length, kind, `第2行 第${column}列`) // prettier-ignore
  const [block] = toBlocks(text, [told('总类', 'Section', 2), told('公开', 'Task', 4), told('财政局', 'Assignment', 5)], [])
  expect(words(block as Block<DocumentMark>)).toEqual([
    [
      [['序号', 1], ['任务', 2], ['要求', 1], ['单位', 1], ['备注', 1]],
      [['1', 1], ['总类', 1], ['小类', 1], ['公开', 1], ['财政局', 1], ['', 1]],
    ],
  ]) // prettier-ignore
})

test('no table is seen where no place tells of columns', () => expect(words(toBlocks(TABLE, [], [])[0] as Block<DocumentMark>)).toEqual([TABLE])) // prettier-ignore

test('a page that begins in a row takes the whole row', () => {
  const blocks = toBlocks(TABLE, [at('公开', 2), at('审计局', 3)], [{ page: 1, start: 0 }, { page: 2, start: TABLE.indexOf('审计局') }]) // prettier-ignore
  expect(words(blocks[1] as Block<DocumentMark>)[0]).toEqual([[['2', 1], ['', 1], ['审计局', 1]]]) // prettier-ignore
})

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
