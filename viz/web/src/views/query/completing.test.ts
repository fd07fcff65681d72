import { expect, test, vi } from 'vitest'

vi.mock('@/api', () => ({ ask: () => undefined })) // the server is not what is tested
const { found, missingPrefixes, toDescribed } = await import('./completing')
const KNOWN = { zp: 'https://w3id.org/zhengpu/ontology#', skos: 'http://www.w3.org/2004/02/skos/core#' }

test('a description tells of terms and prefixes', () => {
  const text = `<#p> <http://rdfs.org/ns/void#class> <http://a/Task> .
<#q> <http://rdfs.org/ns/void#property> <http://a/text> .
<#v> <http://purl.org/vocab/vann/preferredNamespacePrefix> "zp" .
<#v> <http://purl.org/vocab/vann/preferredNamespaceUri> "http://a/" .`
  expect(toDescribed(text)).toEqual({ classes: ['http://a/Task'], properties: ['http://a/text'], prefixes: { zp: 'http://a/' } })
})

test.each([
  ['one that is used', 'SELECT * { ?t a zp:Task }', 'PREFIX zp: <https://w3id.org/zhengpu/ontology#>\n'],
  ['one that is declared', 'PREFIX zp: <http://b/> SELECT * { ?t a zp:Task }', ''],
  ['one in a literal or a comment', 'SELECT * { ?t ?p "skos:x" } # zp:y', ''],
  ['one that nobody knows', 'SELECT * { ?t a foo:Bar }', ''],
  ['none in an IRI', 'SELECT * { ?t a <http://skos:80/x> }', ''],
])('prefixes that are missing: %s', (_, query, found) => expect(missingPrefixes(query, KNOWN)).toBe(found))

test('terms by their beginning, then by a part of their end', () => {
  const terms = ['http://a/ns#hasTask', 'http://a/ns#Task', 'http://task/x', 'http://b/Plan']
  expect(found(terms, 'task')).toEqual(['http://a/ns#Task', 'http://a/ns#hasTask'])
  expect(found(terms, 'http://a/ns#')).toEqual(['http://a/ns#Task', 'http://a/ns#hasTask'])
})
