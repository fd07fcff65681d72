/** From what the server tells of flows to what is drawn: which flows, what became of their tasks, and in which column a node stands. */
import type { Coded } from '@/api'

export const BAND_NAMES = ['verbatim', 'edited', 'rewritten', 'broken-down', 'dropped', 'new'] as const
export type Band = (typeof BAND_NAMES)[number]

export interface Node {
  id: string
  label: string
  year: number | null
  place: string | null
  level: Coded | null
}
export interface Flow {
  source: string
  target: string
  relation: Coded
  value: number
  verbatim: number
  edited: number
  rewritten: number
  new: number
  dropped: number
  pairs: number
  broken_down: { verbatim: number; edited: number; rewritten: number }
}
export interface Told {
  nodes: Node[]
  links: Flow[]
  more: boolean
  plans: number
  compared: (Coded & { pairs: number })[]
  query?: string
}
export const AXES = ['years', 'levels'] as const
export type Axis = (typeof AXES)[number]

const LEVELS = ['country', 'province', 'prefecture', 'county', 'township']
const WAYS: Record<Axis, readonly string[]> = { years: ['continues'], levels: ['adapts', 'breaks-down'] }

/** How many tasks of a flow there are of each band; parts of a task that was broken down count as such only. */
export function bandsOf(flow: Flow): Record<Band, number> {
  const parts = flow.broken_down
  return {
    verbatim: flow.verbatim - parts.verbatim,
    edited: flow.edited - parts.edited,
    rewritten: flow.rewritten - parts.rewritten,
    'broken-down': parts.verbatim + parts.edited + parts.rewritten,
    dropped: flow.dropped,
    new: flow.new,
  }
}

/** The flows along an axis: years follow each other, levels pass down; plans of neighbours flow nowhere. */
export function along(told: Told, axis: Axis): Flow[] {
  const columns = columnsOf(told.nodes, told.links, axis)
  const columnOf = (id: string): number => columns.get(id) ?? 0
  return told.links.filter((flow) => WAYS[axis].includes(flow.relation.code) && columnOf(flow.source) < columnOf(flow.target))
}

/** The thickest flows; of the others, how many there are and how many tasks they carry. */
export function thickest(flows: readonly Flow[], most: number): { drawn: Flow[]; rest: number; tasks: number } {
  const sorted = [...flows].sort((one, other) => other.value - one.value)
  const left = sorted.slice(most)
  return { drawn: sorted.slice(0, most), rest: left.length, tasks: left.reduce((sum, flow) => sum + flow.value, 0) }
}

/** In which column a node stands: by its year or its level, ledgers behind all plans; columns without nodes are left out. */
export function columnsOf(nodes: readonly Node[], flows: readonly Flow[], axis: Axis): Map<string, number> {
  const ledgers = new Set(flows.filter((flow) => flow.relation.code === 'breaks-down').map((flow) => flow.target))
  const valueOf = (node: Node): number =>
    axis === 'years' ? (node.year ?? 0) : ledgers.has(node.id) ? LEVELS.length : LEVELS.indexOf(node.level?.code ?? '')
  const values = [...new Set(nodes.map(valueOf))].sort((one, other) => one - other)
  return new Map(nodes.map((node) => [node.id, values.indexOf(valueOf(node))]))
}

/** How a list asks for what flows between two nodes: by the plans themselves, or by their years and places. */
export function toAsked(line: string, relation: string): Record<string, string> {
  const [source = '', target = ''] = line.split('>')
  if (!source.includes('|')) return { earlier_plan: source, plan: target, relation }
  const [[earlier_year = '', earlier_place = ''], [year = '', place = '']] = [source.split('|'), target.split('|')]
  return { earlier_year, earlier_place, year, place, relation }
}
