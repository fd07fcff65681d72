/** How nodes and edges are drawn: by kind, with labels that can be read. */
import type { ElementDefinition, LayoutOptions, StylesheetJson } from 'cytoscape'
import { colourOf, shapeOf } from '@/palette'
import { dark } from '@/theme'
import type { Gathered, Node } from './merging'

const LINE = 9 // characters of a line of a label
const LINES = 2

/** A label in at most two lines; what does not fit ends in …. */
export function folded(label: string): string {
  const letters = Array.from(label)
  const lines = Array.from({ length: LINES }, (_, at) => letters.slice(at * LINE, (at + 1) * LINE).join('')).filter(Boolean)
  return letters.length > LINE * LINES ? `${lines.join('\n').slice(0, -1)}…` : lines.join('\n')
}

const nameOf = (node: Node): string => (node.number && node.kind === 'Task' ? `${node.number} ${node.label}` : node.label)

/** The elements of a graph. `names` says what a relation is called. */
export function toElements(found: Gathered, names: (relation: string) => string): ElementDefinition[] {
  const onWay = new Set(found.way?.found ? found.way.nodes.map((node) => node.iri) : [])
  const steps = new Set(found.way?.found ? found.way.edges.map((edge) => `${edge.source} ${edge.relation} ${edge.target}`) : [])
  return [
    ...[...found.nodes.values()].map((node) => ({
      group: 'nodes' as const,
      data: { id: node.iri, kind: node.kind, label: folded(nameOf(node)), year: node.year ?? 0 },
      classes: onWay.has(node.iri) ? 'way' : '',
    })),
    ...[...found.edges].map(([id, edge]) => ({
      group: 'edges' as const,
      data: { id, source: edge.source, target: edge.target, label: names(edge.relation) },
      classes: steps.has(id) ? 'way' : '',
    })),
  ]
}

export function style(): StylesheetJson {
  const [ink, paper, line] = dark.value ? ['#e6e9ed', '#14171b', '#59636f'] : ['#1b1f24', '#ffffff', '#aab3bd']
  const kind = (node: { data: (name: string) => string }): string => node.data('kind')
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)', 'text-wrap': 'wrap', 'font-size': 12, 'font-family': 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
        color: ink, 'text-valign': 'bottom', 'text-margin-y': 4, 'text-background-color': paper, 'text-background-opacity': 0.75, 'text-background-padding': '1px', 'min-zoomed-font-size': 7,
        width: 22, height: 22, 'border-width': 1.5, 'border-color': paper,
        'background-color': ((node: never) => colourOf(kind(node))) as never, shape: ((node: never) => shapeOf(kind(node))) as never,
      },
    },
    { selector: 'node[kind = "Plan"], node[kind = "Unit"], node[kind = "UnitGroup"], node[kind = "Instrument"]', style: { width: 30, height: 30 } },
    { selector: 'edge', style: { width: 1.2, 'line-color': line, 'target-arrow-color': line, 'target-arrow-shape': 'triangle', 'arrow-scale': 0.8, 'curve-style': 'bezier' } },
    { selector: 'edge:selected, edge.near, edge.way', style: { label: 'data(label)', 'font-size': 11, color: ink, 'text-background-color': paper, 'text-background-opacity': 0.9, 'text-rotation': 'autorotate', width: 2.2, 'line-color': '#d98200', 'target-arrow-color': '#d98200' } },
    { selector: 'node.way', style: { 'border-color': '#d98200', 'border-width': 4 } },
    { selector: 'node:selected', style: { 'border-color': '#d98200', 'border-width': 4, 'font-weight': 'bold', 'z-index': 10 } },
    { selector: 'node.pinned', style: { 'border-style': 'double', 'border-width': 5, 'border-color': ink } },
  ] // prettier-ignore
}

/** Where nodes go. Those that are fixed stay. */
export function layoutOf(name: string, fixed: { nodeId: string; position: { x: number; y: number } }[], fresh: boolean): LayoutOptions {
  const common = { animate: false, fit: fresh, padding: 40, nodeDimensionsIncludeLabels: true }
  if (name === 'concentric')
    return {
      name: 'concentric',
      ...common,
      concentric: (node: { degree: () => number }) => node.degree(),
      levelWidth: () => 3,
      minNodeSpacing: 24,
    } as LayoutOptions
  if (name === 'grid')
    return {
      name: 'grid',
      ...common,
      sort: (one: never, other: never) =>
        String((one as { data: (n: string) => string }).data('kind')).localeCompare(
          (other as { data: (n: string) => string }).data('kind'),
        ),
    } as unknown as LayoutOptions
  if (name === 'layered') return { name: 'preset', ...common } as LayoutOptions
  return {
    name: 'fcose', ...common, quality: 'default', randomize: fresh, nodeRepulsion: () => 9000, idealEdgeLength: () => 90, nodeSeparation: 90,
    ...(fixed.length ? { fixedNodeConstraint: fixed } : {}),
  } as unknown as LayoutOptions // prettier-ignore
}

/** Positions by year from left to right, and by kind within a year. */
export function layered(nodes: Iterable<Node>): Map<string, { x: number; y: number }> {
  const years = new Map<number, Node[]>()
  for (const node of nodes) years.set(node.year ?? 0, [...(years.get(node.year ?? 0) ?? []), node])
  const places = new Map<string, { x: number; y: number }>()
  let x = 0
  for (const [, some] of [...years].sort(([one], [other]) => one - other)) {
    const sorted = some.sort((one, other) => one.kind.localeCompare(other.kind) || one.label.localeCompare(other.label, 'zh'))
    const rows = Math.max(8, Math.ceil(Math.sqrt(sorted.length * 2)))
    sorted.forEach((node, at) => places.set(node.iri, { x: x + Math.floor(at / rows) * 150, y: (at % rows) * 64 }))
    x += (Math.floor((sorted.length - 1) / rows) + 1) * 150 + 120
  }
  return places
}
