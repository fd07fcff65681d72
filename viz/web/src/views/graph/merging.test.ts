import { expect, test } from 'vitest'
import { keyOf, nothing, without, type Edge, type Gathered, type Node } from './merging'

const node = (iri: string, kind: string): [string, Node] => [iri, { iri, kind, label: iri, number: null, year: null, place: null }]
const edges: Edge[] = [
  { source: 'task', target: 'plan', relation: 'plan' },
  { source: 'task', target: 'unit', relation: 'lead' },
]
const found: Gathered = {
  ...nothing(),
  nodes: new Map([node('task', 'Task'), node('plan', 'Plan'), node('unit', 'Unit'), node('x', '')]),
  edges: new Map(edges.map((one) => [keyOf(one), one])),
}

test.each([
  ['nothing', [], [], ['task', 'plan', 'unit', 'x'], 2],
  ['a node', ['plan'], [], ['task', 'unit', 'x'], 1],
  ['a kind', [], ['Task'], ['plan', 'unit', 'x'], 0],
  ['what has no kind', [], ['Other'], ['task', 'plan', 'unit'], 2],
])('without %s', (_, removed, hidden, nodes, count) => {
  const left = without(found, new Set(removed), new Set(hidden))
  expect([...left.nodes.keys()]).toEqual(nodes)
  expect(left.edges.size).toBe(count)
  expect([...left.kinds.keys()]).toEqual(removed.length ? ['Task', 'Unit', 'Other'] : ['Task', 'Plan', 'Unit', 'Other']) // hidden ones stay in the legend
})
