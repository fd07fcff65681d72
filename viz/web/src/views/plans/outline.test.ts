import { expect, test } from 'vitest'
import { toOutline } from './outline'

const sections = [
  { iri: 'one', label: '一、公开', parent: 'plan' },
  { iri: 'one/a', label: '（一）规划', parent: 'one' },
  { iri: 'one/b', label: '（二）财政', parent: 'one' },
  { iri: 'two', label: '二、回应', parent: 'plan' },
]
const under = (...names: (string | null)[]): { iri: string; section: { iri: string; label: string } | null }[] =>
  names.map((iri, at) => ({ iri: String(at), section: iri ? { iri, label: iri } : null }))

test.each([
  ['a heading above stands once', under('one/a', 'one/a', 'one/b'), [['一、公开', '（一）规划'], ['（二）财政']], [2, 1]],
  ['what stands in no section has no heading', under(null, 'two'), [[], ['二、回应']], [1, 1]],
  ['a section that the plan does not tell has its own name', under('three'), [['three']], [1]],
  ['back to the section above', under('one/a', 'one'), [['一、公开', '（一）规划'], []], [1, 1]],
  ['no tasks', under(), [], []],
] as const)('%s', (_, tasks, headings, sizes) => {
  const found = toOutline(tasks, sections)
  expect(found.map((one) => one.headings.map((heading) => heading.label))).toEqual(headings)
  expect(found.map((one) => one.tasks.length)).toEqual(sizes)
})

test('sections that go round in a circle end', () => {
  const round = [
    { iri: 'a', label: 'a', parent: 'b' },
    { iri: 'b', label: 'b', parent: 'a' },
  ]
  expect(toOutline(under('a'), round)[0]?.headings.map((one) => one.level)).toEqual([0, 1])
})
