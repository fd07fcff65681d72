/** What a graph shows, and what is left of it once something is taken off or hidden. */
import type { Thing } from '@/api'

export interface Node extends Thing {
  kind: string
  number: string | null
  year: number | null
  place: string | null
}
export interface Edge {
  source: string
  target: string
  relation: string
}
export interface Relation {
  relation: string
  inward: boolean
  zh: string
  en: string
  count: number
  more: boolean
}
/** What relations are called, from where they begin. */
export type Names = Record<string, { zh: string; en: string }>
export interface Around {
  node: Node
  relations: Relation[]
  nodes: Node[]
  edges: Edge[]
  names: Names
  more: boolean
  query: string
}
export interface Way {
  found: boolean
  bounded: boolean
  nodes: Node[]
  edges: Edge[]
  names: Names
}
export interface Gathered {
  nodes: Map<string, Node>
  edges: Map<string, Edge>
  names: Names
  kinds: Map<string, number> // of all nodes, the hidden ones too
  way: Way | null
  query: string
}

export const nothing = (): Gathered => ({ nodes: new Map(), edges: new Map(), names: {}, kinds: new Map(), way: null, query: '' })

export const kindOf = (node: { kind: string }): string => node.kind || 'Other'
export const keyOf = (edge: Edge): string => `${edge.source} ${edge.relation} ${edge.target}`

/** Without what was taken off, the kinds that are hidden, and the edges that then lead nowhere. */
export function without(found: Gathered, removed: ReadonlySet<string>, hidden: ReadonlySet<string>): Gathered {
  const left = [...found.nodes].filter(([iri]) => !removed.has(iri))
  const kinds = new Map<string, number>()
  for (const [, node] of left) kinds.set(kindOf(node), (kinds.get(kindOf(node)) ?? 0) + 1)
  const nodes = new Map(left.filter(([, node]) => !hidden.has(kindOf(node))))
  const edges = new Map([...found.edges].filter(([, edge]) => nodes.has(edge.source) && nodes.has(edge.target)))
  return { ...found, nodes, edges, kinds }
}
