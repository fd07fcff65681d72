import { expect, test } from 'vitest'
import { draw, short } from './picture'

test('labels from documents are text, and empty cells have no number', async () => {
  const { svg } = draw(['<b>&"局\u0007'], ['条例', '办法'], [[3, 0]], false)
  const text = await svg.text()
  expect(text).toContain('&lt;b&gt;&amp;&quot;局</text>')
  expect(text.match(/text-anchor="middle"/g)).toHaveLength(1)
})

test.each([
  ['短', 4, '短'],
  ['政府信息公开条例', 4, '政府信…'],
])('%s in %i', (text, most, found) => expect(short(text, most)).toBe(found))
