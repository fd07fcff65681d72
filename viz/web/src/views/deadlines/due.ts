/** A task with the days on which it is due, as /api/deadlines tells of it. */
import type { Told } from '@/parts/task'

export interface Due extends Told {
  due: { date: string; printed: string; reckoned: boolean }[]
}
