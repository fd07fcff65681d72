import { expect, test } from 'vitest'
import { GROUPS, toRows, type Compared } from './aside'
import type { Link, Side } from './link'

const side = (iri: string, order: number) => ({ iri, order, label: iri, number: null, text: iri }) as Side
const link = (earlier: Side, later: Side) => ({ earlier, later }) as Link
const one = {
  carried_on: [link(side('a1', 1), side('b2', 2))],
  reworded: [link(side('a3', 3), side('b3', 3))],
  broken_down: [],
  merged: [],
  new: [side('b1', 1)],
  dropped: [side('a4', 4), side('a2', 2)],
} as unknown as Compared

test('rows follow the later plan, and what was dropped stands where it stood', () =>
  expect(toRows(one, new Set(GROUPS)).map((row) => row.later?.iri ?? row.earlier?.iri)).toEqual(['b1', 'b2', 'a2', 'b3', 'a4']))

test('only the groups that are asked for', () => expect(toRows(one, new Set(['dropped'])).map((row) => row.key)).toEqual(['a2', 'a4']))
