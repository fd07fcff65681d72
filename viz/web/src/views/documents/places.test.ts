import { expect, test } from 'vitest'
import { inEnglish } from './places'

test.each([
  ['第3段', 'paragraph 3'],
  ['第27行', 'line 27'],
  ['第2页 表1 第5行 第3列', 'page 2 table 1 row 5 column 3'],
  ['工作表“第一季度”第4行 第2列', 'sheet “第一季度”row 4 column 2'],
  ['', ''],
])('%s', (place, told) => expect(inEnglish(place)).toBe(told))
