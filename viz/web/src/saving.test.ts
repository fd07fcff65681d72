import { expect, test, vi } from 'vitest'
import { tables } from './saving'

vi.mock('./api', () => ({ ask: () => undefined, ROOT: '' })) // the server is not what is tested

const HEAD = ['名称', '任务']
const csvOf = async (rows: unknown[][], head = HEAD): Promise<string> => {
  const file = await tables('表', head, () => rows)[0]?.make?.()
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file?.arrayBuffer())
}

test.each([
  ['a formula', '=1+1', "'=1+1"],
  ['a link', '=HYPERLINK("http://a.test")', '"\'=HYPERLINK(""http://a.test"")"'],
  ['a sum', '+SUM(A1)', "'+SUM(A1)"],
  ['a mention', '@cmd', "'@cmd"],
  ['a dash', '-公开', "'-公开"],
  ['a tab before a formula', '\t=1', "'\t=1"],
  ['a number below nought', '-3', '-3'],
  ['a number', 12, '12'],
  ['a comma', '甲,乙', '"甲,乙"'],
  ['quotes', '“甲” "乙"', '"“甲” ""乙"""'],
  ['two lines', '甲\n乙', '"甲\n乙"'],
  ['nothing', null, ''],
  ['nothing known', undefined, ''],
  ['nought', 0, '0'],
])('a cell of CSV with %s', async (_, value, cell) => {
  expect(await csvOf([[value, 1]])).toBe(`\ufeff名称,任务\r\n${cell},1\r\n`)
})

test('heads are cells too, and rows are asked only when a file is taken', async () => {
  let asked = 0
  const [csv, xlsx] = tables('表', ['=A', '任务'], () => (asked++, []), '什么的')
  expect([csv?.form, xlsx?.form, csv?.of, asked]).toEqual(['csv', 'xlsx', '什么的', 0])
  expect(await csvOf([], ['=A'])).toBe("\ufeff'=A\r\n")
  await csv?.make?.()
  expect(asked).toBe(1)
})

test('a workbook has numbers as numbers, and text that is never a formula', async () => {
  const file = await tables('表', HEAD, () => [['=1+1', 7]])[1]?.make?.()
  const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
  expect(String.fromCharCode(bytes[0] ?? 0, bytes[1] ?? 0)).toBe('PK')
})
