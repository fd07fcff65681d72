/** What a unit owes in a year, as /api/units/…/load tells. */
import type { Thing } from '@/api'

export interface YearLoad {
  year: number | null
  place: Thing | null
  tasks: number
  lead: number
  responsible: number
  support: number
  through: number
  only_through: number
}
