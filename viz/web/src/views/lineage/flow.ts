/** From what the server tells of flows to a diagram: which lines are drawn, and in which column a node stands. */
import type { Coded } from '@/api'

export const KEPT = ['verbatim', 'edited', 'rewritten'] as const
export type Band = (typeof KEPT)[number] | 'new' | 'dropped'

export interface Node {
  id: string
  label: string
  year: number | null
  place: string
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
}
export interface Told {
  nodes: Node[]
  links: Flow[]
  more: boolean
  query?: string
}
export type Axis = 'years' | 'levels' | 'all'

const LEVELS = ['country', 'province', 'prefecture', 'county', 'township']

/** The flows along an axis: years follow each other, levels pass down; like plans of neighbours flow nowhere. */
export function along(told: Told, axis: Axis): Flow[] {
  const wanted: Record<Axis, (code: string) => boolean> = {
    years: (code) => code === 'continues',
    levels: (code) => code === 'adapts' || isBreaking(code),
    all: (code) => code !== 'parallels',
  }
  return withoutCycles(told.links.filter((link) => wanted[axis](link.relation.code) && link.value > 0 && link.source !== link.target))
}

const isBreaking = (code: string): boolean => code.toLowerCase().replace('-', '') === 'breaksdown'

/** The flows without those that would lead back to where they come from: a diagram of flows has no circles. */
export function withoutCycles(flows: readonly Flow[]): Flow[] {
  const onward = new Map<string, Set<string>>()
  const leads = (from: string, to: string): boolean => {
    const seen = new Set([from])
    const next = [from]
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      if (at === to) return true
      for (const one of onward.get(at) ?? []) if (!seen.has(one)) (seen.add(one), next.push(one))
    }
    return false
  }
  return flows.filter((flow) => {
    if (leads(flow.target, flow.source)) return false
    onward.set(flow.source, (onward.get(flow.source) ?? new Set()).add(flow.target))
    return true
  })
}

/** The thickest flows, and how many are left out. */
export function thickest(flows: readonly Flow[], most: number): { drawn: Flow[]; rest: number } {
  const sorted = [...flows].sort((one, other) => other.value - one.value)
  return { drawn: sorted.slice(0, most), rest: Math.max(0, sorted.length - most) }
}

/** In which column a node stands: its year or its level, counted from the first that is there. */
export function columnsOf(nodes: readonly Node[], axis: Axis): Map<string, number> {
  const valueOf = (node: Node): number => (axis === 'years' ? (node.year ?? 0) : LEVELS.indexOf(node.level?.code ?? ''))
  const values = [...new Set(nodes.map(valueOf))].sort((one, other) => one - other)
  return new Map(nodes.map((node) => [node.id, values.indexOf(valueOf(node))]))
}
