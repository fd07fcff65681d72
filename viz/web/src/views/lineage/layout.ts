/** Where the bars and ribbons of a flow diagram stand. Bars keep to the height of what flows into them, so that a place stays in its lane. */
import { bandsOf, type Axis, type Band, type Flow, type Node } from './flow'

export interface Bar {
  node: Node
  x: number
  y: number
  height: number
  last: boolean // in the last column
}
export interface Ribbon {
  key: string
  flow: Flow
  band: Band
  value: number
  path: string
  thickness: number
  x: number // where its label begins
  y: number
}
export interface Drawing {
  bars: Bar[]
  ribbons: Ribbon[]
  columns: { x: number; first: Node; last: boolean }[]
  height: number
}

export const BAR = 10
const [TOP, GAP, STUB, NARROWEST] = [48, 34, 34, 150]
const THROUGH: readonly Band[] = ['verbatim', 'edited', 'rewritten', 'broken-down']

/** The least width in which so many columns can be read. */
export const leastWidth = (columns: number): number => (columns - 1) * NARROWEST + 60

/** Bars and ribbons of these flows in so much width; only the bands that are asked for. */
export function layOut(nodes: readonly Node[], flows: readonly Flow[], columnOf: Map<string, number>, shown: ReadonlySet<Band>, axis: Axis, width: number): Drawing {
  const used = new Set(flows.flatMap((flow) => [flow.source, flow.target]))
  const standing = inOrder(nodes.filter((node) => used.has(node.id)), axis)
  const numbers = [...new Set(standing.map((node) => columnOf.get(node.id) ?? 0))].sort((one, other) => one - other)
  const columns = numbers.map((number) => standing.filter((node) => columnOf.get(node.id) === number))
  const parts = flows.map((flow) => ({ flow, bands: bandsOf(flow) }))
  const sizeOf = (id: string): number => Math.max(
    sum(parts, ({ flow, bands }) => (flow.source === id ? total(bands, shown, 'dropped') : 0)),
    sum(parts, ({ flow, bands }) => (flow.target === id ? total(bands, shown, 'new') : 0)),
  )
  const sizes = new Map(standing.map((node) => [node.id, sizeOf(node.id)]))
  const scale = Math.min(2, ...columns.map((column) => Math.max(260, 90 * column.length) / Math.max(1, sum(column, (node) => sizes.get(node.id) ?? 0))))
  const step = columns.length > 1 ? (width - BAR) / (columns.length - 1) : 0
  const bars = new Map<string, Bar>()
  columns.forEach((column, at) => {
    let free = TOP
    for (const node of column) {
      const height = Math.max(3, (sizes.get(node.id) ?? 0) * scale)
      const y = Math.max(free, wished(node.id, height, flows, bars))
      bars.set(node.id, { node, x: at * step, y, height, last: at === columns.length - 1 })
      free = y + height + GAP
    }
  })
  return {
    bars: [...bars.values()],
    ribbons: ribbonsOf(parts, bars, shown, scale),
    columns: columns.map((column, at) => ({ x: at * step, first: column[0] as Node, last: at === columns.length - 1 })),
    height: Math.max(0, ...[...bars.values()].map((bar) => bar.y + bar.height)) + 12,
  }
} // prettier-ignore

/** Along years by level and place, so that places make lanes; along levels by year. */
function inOrder(nodes: readonly Node[], axis: Axis): Node[] {
  const level = (node: Node): number => ['country', 'province', 'prefecture', 'county'].indexOf(node.level?.code ?? '')
  const key = (node: Node): (number | string)[] =>
    axis === 'years' ? [level(node), node.place ?? '', node.label] : [node.year ?? 0, node.place ?? '', node.label]
  return [...nodes].sort((one, other) => {
    const [mine, theirs] = [key(one), key(other)]
    const at = mine.findIndex((value, place) => value !== theirs[place])
    if (at < 0) return 0
    const [a, b] = [mine[at], theirs[at]]
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh')
  })
}

/** Where a bar would stand straight beside what flows into it. */
function wished(id: string, height: number, flows: readonly Flow[], bars: ReadonlyMap<string, Bar>): number {
  const sources = flows.filter((flow) => flow.target === id && bars.has(flow.source)).map((flow) => bars.get(flow.source) as Bar)
  return sources.length ? sum(sources, (bar) => bar.y + bar.height / 2) / sources.length - height / 2 : 0
}

type Parts = { flow: Flow; bands: Record<Band, number> }[]

function ribbonsOf(parts: Parts, bars: ReadonlyMap<string, Bar>, shown: ReadonlySet<Band>, scale: number): Ribbon[] {
  const [leaving, coming] = [new Map<string, number>(), new Map<string, number>()]
  const take = (used: Map<string, number>, bar: Bar, height: number): number => {
    const at = used.get(bar.node.id) ?? bar.y
    used.set(bar.node.id, at + height)
    return at
  }
  const ordered = [...parts].sort(({ flow: one }, { flow: other }) => yOf(bars, one.target) - yOf(bars, other.target) || yOf(bars, one.source) - yOf(bars, other.source)) // prettier-ignore
  const draw = (bands: readonly Band[]): Ribbon[] =>
    ordered.flatMap(({ flow, bands: values }) =>
      bands.filter((band) => shown.has(band) && values[band] > 0).map((band) => {
        const [source, target] = [bars.get(flow.source) as Bar, bars.get(flow.target) as Bar]
        const thickness = values[band] * scale
        const key = `${flow.source}>${flow.target}>${flow.relation.code}>${band}`
        const told = { key, flow, band, value: values[band], thickness }
        if (band === 'dropped') {
          const y = take(leaving, source, thickness)
          return { ...told, path: stub(source.x + BAR, y, thickness, STUB), x: source.x + BAR + 3, y: y + thickness / 2 }
        }
        const y2 = take(coming, target, thickness)
        if (band === 'new') return { ...told, path: stub(target.x, y2, thickness, -STUB), x: target.x - STUB + 3, y: y2 + thickness / 2 }
        const y1 = take(leaving, source, thickness)
        return { ...told, path: band4(source.x + BAR, y1, target.x, y2, thickness), x: source.x + BAR + 6, y: y1 + thickness / 2 }
      }),
    ) // prettier-ignore
  return [...draw(THROUGH), ...draw(['dropped', 'new'])]
}

/** A ribbon from one bar to another. */
function band4(x1: number, y1: number, x2: number, y2: number, thick: number): string {
  const [middle, one, two, three, four] = [(x1 + x2) / 2, y1, y2, y2 + thick, y1 + thick].map(round) as [number, number, number, number, number] // prettier-ignore
  return `M${round(x1)} ${one}C${middle} ${one} ${middle} ${two} ${round(x2)} ${two}V${three}C${middle} ${three} ${middle} ${four} ${round(x1)} ${four}Z`
}

/** A short piece that ends in a point: to nowhere, or from nowhere. */
const stub = (x: number, y: number, thick: number, length: number): string =>
  `M${round(x)} ${round(y)}L${round(x + length)} ${round(y + thick / 2)}L${round(x)} ${round(y + thick)}Z`

const round = (value: number): number => Math.round(value * 10) / 10
const yOf = (bars: ReadonlyMap<string, Bar>, id: string): number => bars.get(id)?.y ?? 0
const sum = <T>(items: readonly T[], value: (item: T) => number): number => items.reduce((so, item) => so + value(item), 0)
const total = (bands: Record<Band, number>, shown: ReadonlySet<Band>, end: Band): number =>
  sum([...THROUGH, end], (band) => (shown.has(band) ? bands[band] : 0))
