/** The line of one matter: which tasks it has by place and year, and what each took over from which. */
import type { Link } from './link'
import type { Told } from '@/parts/task'

export interface Entry {
  task: Told
  links: Link[] // to the wordings that it comes from, the nearest first
}
export interface Line {
  years: { year: number | null; entries: Entry[] }[]
  places: string[]
  grid: Map<string, number> // how many tasks, by `year place`
}

/** The tasks of a matter by year, then in the order in which the server gives them, each with what it comes from. */
export function toLine(tasks: readonly Told[], links: readonly Link[]): Line {
  const from = new Map<string, Link[]>()
  for (const link of links) from.set(link.later.iri, [...(from.get(link.later.iri) ?? []), link])
  const years = [...new Set(tasks.map((task) => task.year))].sort((one, other) => (one ?? 0) - (other ?? 0))
  const grid = new Map<string, number>()
  for (const task of tasks) {
    const key = `${task.year} ${task.place?.label ?? ''}`
    grid.set(key, (grid.get(key) ?? 0) + 1)
  }
  return {
    years: years.map((year) => ({
      year,
      entries: tasks
        .filter((task) => task.year === year)
        .map((task) => ({ task, links: [...(from.get(task.iri) ?? [])].sort((one, other) => other.score - one.score) })),
    })),
    places: [...new Set(tasks.map((task) => task.place?.label ?? ''))],
    grid,
  }
}
