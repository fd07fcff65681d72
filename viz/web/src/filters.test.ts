import { expect, test } from 'vitest'
import { toFilters } from './filters'

test.each([
  ['one value', { year: '2023' }, { year: ['2023'] }],
  ['several values', { year: ['2022', '2023'] }, { year: ['2022', '2023'] }],
  ['what is no facet is left out', { q: 'x', place: '990102' }, { place: ['990102'] }],
  ['what is empty is left out', { year: '', unit: [null] }, {}],
])('facets of an address: %s', (_, query, found) => expect(toFilters(query as never)).toEqual(found))
