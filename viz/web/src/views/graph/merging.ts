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
export interface Around {
  node: Node
  relations: Relation[]
  nodes: Node[]
  edges: Edge[]
  more: boolean
  query: string
}
export interface Way {
  found: boolean
  bounded: boolean
  nodes: Node[]
  edges: Edge[]
}
export interface Gathered {
  nodes: Map<string, Node>
  edges: Map<string, Edge>
  way: Way | null
  query: string
}

export const keyOf = (edge: Edge): string => `${edge.source} ${edge.relation} ${edge.target}`

/** Without what was taken off, the kinds that are hidden, and the edges that then lead nowhere. */
export function without(found: Gathered, removed: ReadonlySet<string>, hidden: ReadonlySet<string>): Gathered {
  const nodes = new Map([...found.nodes].filter(([iri, node]) => !removed.has(iri) && !hidden.has(node.kind || 'Other')))
  const edges = new Map([...found.edges].filter(([, edge]) => nodes.has(edge.source) && nodes.has(edge.target)))
  return { ...found, nodes, edges }
}
