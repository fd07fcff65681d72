import { expect, test } from 'vitest'
import { columnsOf, toGrounds, type Row } from './told'

const ROWS: Row[] = [
  { task: 'https://a.test/id/1', number: '1', text: '公开预算', quote: '公开预算', plan: '要点', year: 2023, file: 'a.docx', stands: '第3行', role: '责任', through: null },
  { task: 'https://a.test/id/1', number: '1', text: '公开预算', quote: '公开预算', plan: '要点', year: 2023, file: 'a.docx', stands: '第3行', role: '配合', unit: 'https://a.test/u' },
] // prettier-ignore

test('rows of one task stand together, what differs side by side, and no IRI is shown', () => {
  const [one, ...others] = toGrounds(ROWS)
  expect(others).toEqual([])
  expect(one).toMatchObject({ number: '1', quote: '', stands: 'a.docx 第3行', said: [['role', ['责任', '配合']]] })
})

test('a label takes the place of its thing', () => {
  expect(
    columnsOf([
      { plan: 'https://a.test/p', plan_label: '要点', tasks: 3 },
      { tasks: 4, words_label: '单独的' },
    ]),
  ).toEqual(['plan', 'tasks', 'words_label'])
})
