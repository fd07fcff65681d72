/** Two plans that were compared, and what came of it. */
import type { Coded, Thing } from '@/api'

export interface PlanRef extends Thing {
  year: number | null
  place: Thing | null
}

export interface Pair {
  iri: string
  later: PlanRef
  earlier: PlanRef
  relation: Coded
  basis: Coded | null
  verbatim: number
  edited: number
  rewritten: number
  new: number
  dropped: number
}
