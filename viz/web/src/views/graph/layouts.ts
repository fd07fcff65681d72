/** Where nodes go, where that is not left to forces: so that no label lies on another. */
import type { Edge, Node } from './merging'

export interface Point {
  x: number
  y: number
}
export interface Heading extends Point {
  text: string
}

/** The room of a node with its label of two lines. */
export const CELL: Point = { x: 128, y: 78 }
const GAP = 90 // between groups

const byName = (one: Node, other: Node): number =>
  one.kind.localeCompare(other.kind) || one.iri.localeCompare(other.iri, 'zh', { numeric: true })

/** Rows and columns, kind by kind. */
export function gridded(nodes: readonly Node[]): Map<string, Point> {
  const wide = Math.max(1, Math.ceil(Math.sqrt((nodes.length * CELL.y * 1.6) / CELL.x)))
  return new Map([...nodes].sort(byName).map((node, at) => [node.iri, { x: (at % wide) * CELL.x, y: Math.floor(at / wide) * CELL.y }]))
}

/** Columns by year from left to right, what has no year first; each with its heading. */
export function layered(nodes: readonly Node[], unknown: string): { places: Map<string, Point>; headings: Heading[] } {
  const years = new Map<number, Node[]>()
  for (const node of nodes) years.set(node.year ?? 0, [...(years.get(node.year ?? 0) ?? []), node])
  const rows = Math.max(6, Math.ceil(Math.sqrt((nodes.length * CELL.x) / CELL.y / 1.6)))
  const places = new Map<string, Point>()
  const headings: Heading[] = []
  let x = 0
  for (const [year, some] of [...years].sort(([one], [other]) => one - other)) {
    const columns = Math.ceil(some.length / rows)
    headings.push({ text: year ? String(year) : unknown, x: x + ((columns - 1) * CELL.x) / 2, y: -CELL.y })
    some.sort(byName).forEach((node, at) => places.set(node.iri, { x: x + Math.floor(at / rows) * CELL.x, y: (at % rows) * CELL.y }))
    x += columns * CELL.x + GAP
  }
  return { places, headings }
}

/** Rings around a node, by how many steps away things are; what cannot be reached comes last. */
export function radial(nodes: readonly Node[], edges: Iterable<Edge>, centre: string): Map<string, Point> {
  const places = new Map<string, Point>()
  let radius = 0
  let turn = 0 // every other ring by half a step, so that spokes do not lie on each other
  for (const ring of rings(nodes, edges, centre)) {
    for (let left = ring; left.length;) {
      const room = radius ? Math.max(1, Math.floor((2 * Math.PI * radius) / CELL.x)) : 1
      const [these, rest] = [left.slice(0, room), left.slice(room)]
      these.forEach((node, at) => {
        const angle = (2 * Math.PI * (at + turn)) / these.length - Math.PI / 2
        places.set(node.iri, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) })
      })
      left = rest
      turn = 0.5 - turn
      radius += radius ? CELL.x * 0.85 : CELL.x * 1.3
    }
    radius += CELL.y / 2
  }
  return places
}

function rings(nodes: readonly Node[], edges: Iterable<Edge>, centre: string): Node[][] {
  const near = new Map<string, string[]>(nodes.map((node) => [node.iri, []]))
  for (const { source, target } of edges) {
    near.get(source)?.push(target)
    near.get(target)?.push(source)
  }
  const steps = new Map<string, number>()
  let edge = near.has(centre) ? [centre] : nodes.slice(0, 1).map((node) => node.iri)
  for (let far = 0; edge.length; far++) {
    for (const iri of edge) steps.set(iri, far)
    edge = [...new Set(edge.flatMap((iri) => near.get(iri) ?? []))].filter((iri) => !steps.has(iri))
  }
  const found: Node[][] = []
  for (const node of [...nodes].sort(byName)) (found[steps.get(node.iri) ?? Math.max(...steps.values()) + 1] ??= []).push(node)
  return found.filter(Boolean)
}

/** Places for new nodes near the one that they hang on, on the side where there is most room, on none of those that are taken. */
export function beside(anchor: Point, n: number, taken: readonly Point[]): Point[] {
  const cells = packed(n)
  const reach = Math.max(...cells.map((one) => spread(one.x, one.y)), 0)
  const away = outward(anchor, taken)
  for (let far = reach + CELL.y; ; far += CELL.y) {
    for (const turn of [0, 0.5, -0.5, 1, -1, 1.6, -1.6, 2.3, -2.3, Math.PI]) {
      const at = { x: anchor.x + far * WIDER * Math.cos(away + turn), y: anchor.y + far * Math.sin(away + turn) }
      const free = taken.every((one) => spread(one.x - at.x, one.y - at.y) > reach + CELL.y)
      if (free || far > 20_000) return cells.map((one) => ({ x: at.x + one.x, y: at.y + one.y }))
    }
  }
}

// screens are wider than high: what lies beside counts as nearer
const WIDER = 1.6
const spread = (x: number, y: number): number => Math.hypot(x / WIDER, y)

/** So many cells, close together around a middle, each row shifted by half a cell. */
function packed(n: number): Point[] {
  const rows = Math.ceil(Math.sqrt(n)) + 2
  const all: Point[] = []
  for (let row = -rows; row <= rows; row++)
    for (let column = -rows; column <= rows; column++) all.push({ x: (column + (row & 1) / 2) * CELL.x, y: row * CELL.y })
  return all.sort((one, other) => spread(one.x, one.y) - spread(other.x, other.y) || one.y - other.y || one.x - other.x).slice(0, n)
}

/** The direction away from the middle of all others. */
function outward(centre: Point, others: readonly Point[]): number {
  const far = others.filter((one) => Math.hypot(one.x - centre.x, one.y - centre.y) > 1)
  if (!far.length) return 0
  const [x, y] = [far.reduce((sum, one) => sum + one.x, 0) / far.length, far.reduce((sum, one) => sum + one.y, 0) / far.length]
  return Math.atan2(centre.y - y, centre.x - x)
}
