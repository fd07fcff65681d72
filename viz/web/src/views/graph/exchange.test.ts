import { expect, test, vi } from 'vitest'
import { toGexf, toGraphml, type Drawn } from './exchange'

vi.mock('@/theme', () => ({ dark: { value: false } })) // which asks the window

const HOSTILE = [
  '<script>1</script>',
  '"quotes" \'single\' &amp;',
  ']]><!--',
  '\u0000\u001b[31m\ud800\ufffe',
  '一\n二\t三',
  '\u202egnp.从右到左',
]
const drawn: Drawn = {
  title: HOSTILE.join(''),
  nodes: HOSTILE.map((label, at) => ({ iri: `urn:${at}?a&"<`, kind: at ? label : 'Task', label, number: label, year: at ? null : 2023 })),
  edges: HOSTILE.map((relation) => ({ source: 'urn:0?a&"<', target: 'urn:1?a&"<', relation })),
  names: { [HOSTILE[0] as string]: { zh: HOSTILE[1] as string, en: HOSTILE[2] as string } },
  placeOf: () => ({ x: 1, y: 2 }),
}

/** The elements of a text that holds nothing but elements and text, and what stands in their attributes and between them. */
function read(text: string): { names: string[]; said: string[] } {
  const tags = [...text.matchAll(/<(\/?[?\w:]+)((?: [\w.:]+="[^"<>]*")*)( ?\/|\?)?>/g)]
  const between = tags.reduce((rest, [tag]) => rest.replace(tag, '\u0001'), text).split('\u0001')
  const said = [...tags.flatMap(([, , some = '']) => [...some.matchAll(/"([^"]*)"/g)].map((one) => one[1] ?? '')), ...between]
  expect(said.filter((one) => /[<>"']|&(?!#\d+;)/.test(one))).toEqual([])
  const plain = (one: string): string => one.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
  return { names: tags.flatMap(([, name = '']) => (name.startsWith('/') ? [] : [name])), said: said.map(plain) }
}

test.each([
  ['GraphML', toGraphml],
  ['GEXF', toGexf],
])('words of any kind stay words: %s', (_, write) => {
  const { names, said } = read(write(drawn))
  expect(names.filter((one) => one === 'node')).toHaveLength(HOSTILE.length)
  expect(names.filter((one) => one === 'edge')).toHaveLength(HOSTILE.length)
  for (const words of HOSTILE.filter((one) => !one.includes('\u0000'))) expect(said).toContain(words)
  expect(said).toContain('[31m') // what XML cannot hold is gone
  expect(said).toContain('任务')
  expect(said).toContain('2023')
  expect(said).not.toContain('null')
})

test('Gephi finds nodes where they were drawn, in the colours of their kinds', () => {
  expect(toGexf(drawn)).toContain('<viz:color r="0" g="120" b="90"/><viz:position x="1.00" y="-2.00" z="0"/>')
})
