/** A link between two tasks as the lists and the comparison tell of it. */
import type { Coded, Thing } from '@/api'
import type { Difference } from '@/parts/task'

export interface Side extends Thing {
  number: string | null
  text: string
  plan?: Thing | null
  year?: number | null
  order?: number
}
export interface Link {
  later: Side
  earlier: Side
  relation: Coded
  band: Coded
  shape: Coded | null
  score: number
  differences: Difference[]
}
