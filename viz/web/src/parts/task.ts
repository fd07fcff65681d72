/** A task as the server tells of it. */
import type { Coded, Thing } from '@/api'

export interface Evidence {
  iri: string
  states: string | null
  quote: string
  prefix: string
  suffix: string
  start: number
  end: number
  stands: string
  page: number | null
  file: string
  document: string
  links: { document: string }
}

export interface Owed extends Thing {
  printed: string
  role: Coded
  group: boolean
  resolution: Coded | null
  evidence?: Evidence[]
}

export interface Deadline {
  iri: string
  printed: string
  kind: string
  date: string | null
  starts: string | null
  trigger: string | null
  amount: number | null
  amount_unit: string | null
  period: Coded | null
  reckoned: string | null
  reckoned_from: string | null
  note: string | null
  evidence?: Evidence[]
}

export interface Citation {
  iri: string
  printed: string
  number: string | null
  resolution: Coded | null
  instrument?: Thing | null
  edition?: string | null
  status?: Coded | null
  replaced: boolean
  evidence?: Evidence[]
}

export interface Measure {
  iri: string
  printed: string
  operator: Coded | null
  value: number
  unit: string | null
  evidence?: Evidence[]
}

/** One piece of two wordings: kept in both, or only in one of them, or replaced. */
export interface Difference {
  kind: string
  before: string
  after: string
}

/** A task of a list. */
export interface Told extends Thing {
  number: string | null
  order: number
  text: string
  plan: Thing | null
  year: number | null
  place: Thing | null
  section: { iri: string; label: string } | null
  units: Owed[]
  deadlines: Deadline[]
  citations: Citation[]
  owed?: { role: Coded; through: Thing | null }[]
}

/** A task that another one is linked with, and how. */
export interface Linked {
  task: Thing & { number: string | null; text: string; file: string; plan: Thing | null; year?: number | null }
  relation: Coded
  band: Coded
  shape: Coded | null
  score: number
  differences: Difference[]
}

/** Who owes a task, by role, in the order of the roles. */
export function byRole(units: readonly Owed[]): { role: Coded; units: Owed[] }[] {
  const order = ['lead', 'responsible', 'support']
  const found = new Map<string, { role: Coded; units: Owed[] }>()
  for (const unit of units) {
    const group = found.get(unit.role.code) ?? { role: unit.role, units: [] }
    if (!group.units.some((one) => one.printed === unit.printed && one.iri === unit.iri)) group.units.push(unit)
    found.set(unit.role.code, group)
  }
  return [...found.values()].sort((one, other) => order.indexOf(one.role.code) - order.indexOf(other.role.code))
}

/** The deadlines of a task, each wording once. */
export function distinct<T extends { printed: string }>(ones: readonly T[]): T[] {
  return ones.filter((one, at) => ones.findIndex((other) => other.printed === one.printed) === at)
}
