/** The graph as a whole as the server tells of it, and where its nodes begin before forces settle them. */
import type { Drawn } from './exchange'
import { FONT, escaped } from './folding'
import type { Point } from './layouts'
import type { Names } from './merging'
import { toSvgShape } from './shapes'

export interface Dot {
  iri: string
  kind: string
  label: string
  year: number | null
}
export interface Whole {
  nodes: Dot[]
  edges: [from: number, to: number, relation: number][]
  relations: string[]
  names: Names
  limit: number
  left_out: { tasks: number; others: number }
  query: string
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5))
const HUBS = ['Plan']

/** Beginnings: plans on a spiral, tasks around their plan, all others amid what they are tied to. Always the same for the same graph. */
export function begin({ nodes, edges, relations }: Pick<Whole, 'nodes' | 'edges' | 'relations'>): Float32Array {
  const at = new Float32Array(nodes.length * 2)
  const placed = new Uint8Array(nodes.length)
  const crowd = Math.sqrt(nodes.length) * 4
  const hubs = nodes.flatMap((node, index) => (HUBS.includes(node.kind) ? [index] : []))
  hubs.sort((one, other) => (nodes[one]?.year ?? 0) - (nodes[other]?.year ?? 0) || one - other)
  hubs.forEach((index, rank) => put(at, placed, index, crowd * Math.sqrt(rank + 0.5), rank * GOLDEN))
  const plan = relations.indexOf('plan')
  const beside = new Map<number, number>()
  for (const [from, to, relation] of edges) {
    if (relation !== plan || placed[from] || !placed[to]) continue
    const rank = beside.get(to) ?? 0
    beside.set(to, rank + 1)
    put(at, placed, from, 5 * Math.sqrt(rank + 1), rank * GOLDEN, [at[2 * to] ?? 0, at[2 * to + 1] ?? 0])
  }
  const sums = new Map<number, [number, number, number]>()
  for (const [from, to] of edges) {
    for (const [here, there] of [[from, to], [to, from]] as const) {
      if (placed[here] || !placed[there]) continue
      const [x, y, n] = sums.get(here) ?? [0, 0, 0]
      sums.set(here, [x + (at[2 * there] ?? 0), y + (at[2 * there + 1] ?? 0), n + 1])
    }
  } // prettier-ignore
  let rank = 0
  nodes.forEach((_, index) => {
    if (placed[index]) return
    const [x, y, n] = sums.get(index) ?? [0, 0, 0]
    // what is tied to nothing lies around all the others
    if (n) put(at, placed, index, 6 * Math.sqrt(++rank), rank * GOLDEN, [x / n, y / n])
    else put(at, placed, index, crowd * (Math.sqrt(hubs.length) + 2) + 4 * Math.sqrt(++rank), rank * GOLDEN)
  })
  return at
}

function put(at: Float32Array, placed: Uint8Array, index: number, far: number, angle: number, around: [number, number] = [0, 0]): void {
  at[2 * index] = around[0] + far * Math.cos(angle)
  at[2 * index + 1] = around[1] + far * Math.sin(angle)
  placed[index] = 1
}

/** How large a node is drawn: by what hangs on it. */
export function sizes({ nodes, edges }: Pick<Whole, 'nodes' | 'edges'>): Float32Array {
  const degrees = new Float32Array(nodes.length)
  for (const [from, to] of edges) {
    degrees[from] = (degrees[from] ?? 0) + 1
    degrees[to] = (degrees[to] ?? 0) + 1
  }
  return degrees.map((degree) => Math.min(1.5 + Math.sqrt(degree) * 0.7, 14))
}

/** The nodes by kind, in the order of how much hangs on them. */
export function ranked({ nodes, edges }: Pick<Whole, 'nodes' | 'edges'>): [kind: string, dots: { dot: Dot; degree: number }[]][] {
  const degrees = new Array<number>(nodes.length).fill(0)
  for (const ends of edges) for (const end of [ends[0], ends[1]]) degrees[end] = (degrees[end] ?? 0) + 1
  const kinds = new Map<string, { dot: Dot; degree: number }[]>()
  nodes.forEach((dot, index) => {
    const found = kinds.get(dot.kind)
    const one = { dot, degree: degrees[index] ?? 0 }
    if (found) found.push(one)
    else kinds.set(dot.kind, [one])
  })
  for (const dots of kinds.values()) dots.sort((one, other) => other.degree - one.degree)
  return [...kinds].sort(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other))
}
const ORDER = ['Plan', 'Unit', 'UnitGroup', 'Instrument', 'Task', 'Statement']

/** What is shown, for the files of other programs. */
export function drawnOf(whole: Whole, title: string, hidden: readonly string[], places: ReadonlyMap<string, Point> = new Map()): Drawn {
  const nodes = whole.nodes.filter((node) => !hidden.includes(node.kind))
  const shown = new Set(nodes.map((node) => node.iri))
  const edges = whole.edges.flatMap(([from, to, relation]) => {
    const [source, target] = [whole.nodes[from]?.iri ?? '', whole.nodes[to]?.iri ?? '']
    return shown.has(source) && shown.has(target) ? [{ source, target, relation: whole.relations[relation] ?? '' }] : []
  })
  return { title, nodes, edges, names: whole.names, placeOf: (iri) => places.get(iri) }
}

interface Looks {
  ink: string
  paper: string
  line: string
  hidden: readonly string[]
  colourOf: (kind: string) => string
  shapeOf: (kind: string) => string
}

/** A picture of all nodes and edges; of those that are large, the names. */
export function skySvg(whole: Whole, places: ReadonlyMap<string, { x: number; y: number }>, looks: Looks): Blob {
  const size = sizes(whole)
  const at = whole.nodes.map((node) => (looks.hidden.includes(node.kind) ? undefined : places.get(node.iri)))
  const known = at.filter((one) => one !== undefined)
  const [left, top] = [Math.min(...known.map((one) => one.x)) - 40, Math.min(...known.map((one) => one.y)) - 40]
  const [width, height] = [Math.max(...known.map((one) => one.x)) - left + 40, Math.max(...known.map((one) => one.y)) - top + 40]
  const unit = Math.max(width, height) / 1600
  const round = (value: number): string => value.toFixed(1)
  const lines = whole.edges.flatMap(([from, to]) => {
    const [one, other] = [at[from], at[to]]
    return one && other ? [`M${round(one.x)} ${round(one.y)}L${round(other.x)} ${round(other.y)}`] : []
  })
  const dots = whole.nodes.flatMap((node, index) => {
    const [place, r] = [at[index], (size[index] ?? 2) * unit * 0.7]
    if (!place) return []
    const name = r > unit * 5 ? `<text x="${round(place.x + r)}" y="${round(place.y + 4 * unit)}">${escaped(node.label)}</text>` : ''
    const title = `<title>${escaped(node.label)}</title>`
    return [`${toSvgShape(looks.shapeOf(node.kind), place.x, place.y, r, `fill="${looks.colourOf(node.kind)}"`, title)}${name}`]
  })
  return new Blob(
    [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${round(left)} ${round(top)} ${round(width)} ${round(height)}" width="1600" height="${round(height / unit)}" font-family="${escaped(FONT)}" font-size="${round(12 * unit)}" fill="${looks.ink}">`,
      `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" fill="${looks.paper}"/>`,
      `<path d="${lines.join('')}" stroke="${looks.line}" stroke-width="${round(0.4 * unit)}" fill="none"/>`,
      ...dots,
      '</svg>',
    ],
    { type: 'image/svg+xml' },
  )
}
