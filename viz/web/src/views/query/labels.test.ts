import { expect, test, vi } from 'vitest'

vi.mock('@/api', () => ({ ask: () => undefined, Problem: Error })) // the server is not what is tested
vi.mock('@/language', () => ({ language: { value: 'zh' } }))
const { bestLabels, labelsQuery, shortened } = await import('./labels')

test('every thing is asked for once', () => expect(labelsQuery(['http://a', 'http://b'])).toContain('VALUES ?x { <http://a> <http://b> }'))

const [TEXT, NAME] = ['https://w3id.org/zhengpu/ontology#text', 'http://www.w3.org/2004/02/skos/core#prefLabel']
test('the best kind of name, then the language', () => {
  const row = (label: string, kind: string, tongue?: string) => ({
    x: { value: 'http://a' },
    label: { value: label, ...(tongue ? { 'xml:lang': tongue } : {}) },
    p: { value: kind },
  })
  expect(bestLabels([row('words', TEXT), row('Bureau', NAME, 'en'), row('局', NAME, 'zh')], 'zh').get('http://a')).toBe('局')
  expect(bestLabels([row('words', TEXT), row('Bureau', NAME, 'en'), row('局', NAME, 'zh')], 'en').get('http://a')).toBe('Bureau')
  expect(bestLabels([row('x'.repeat(99), TEXT)], 'en').get('http://a')).toHaveLength(61)
})

test.each([
  ['http://a/ns#Task', 'zp:Task'],
  ['http://a/other/%E5%B1%80', '局'],
  ['http://a/ns#', 'ns'],
])('%s without a name', (iri, told) => expect(shortened(iri, { zp: 'http://a/ns#' })).toBe(told))
