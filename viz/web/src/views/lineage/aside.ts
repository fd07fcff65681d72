/** Two compared plans as aligned rows: what stands in both beside each other, what stands in one alone. */
import type { Coded, Thing } from '@/api'
import type { Link, Side } from './link'

export const LINKED = ['carried_on', 'reworded', 'broken_down', 'merged'] as const
export const GROUPS = [...LINKED, 'dropped', 'new'] as const
export type Group = (typeof GROUPS)[number]

export interface Compared {
  a: Thing
  b: Thing
  relation: Coded
  basis: Coded | null
  counts: Record<Group, number>
  carried_on: Link[]
  reworded: Link[]
  broken_down: Link[]
  merged: Link[]
  new: Side[]
  dropped: Side[]
}
export interface Row {
  key: string
  group: Group
  link?: Link
  earlier?: Side
  later?: Side
}

/** The rows in the order of the later plan; what was dropped stands before what followed it in the earlier plan. */
export function toRows(one: Compared, groups: ReadonlySet<string>): Row[] {
  const linked: Row[] = LINKED.flatMap((group) =>
    one[group].map((link) => ({ key: `${link.earlier.iri} ${link.later.iri}`, group, link, earlier: link.earlier, later: link.later })),
  )
  const added: Row[] = one.new.map((later) => ({ key: later.iri, group: 'new', later }))
  const rows = [...linked, ...added].sort((row, other) => (row.later?.order ?? 0) - (other.later?.order ?? 0))
  const gone = [...one.dropped].sort((side, other) => (side.order ?? 0) - (other.order ?? 0))
  const found: Row[] = []
  let furthest = 0
  for (const row of rows) {
    furthest = Math.max(furthest, row.earlier?.order ?? 0)
    while (gone.length && (gone[0]?.order ?? 0) < furthest) found.push(toGone(gone.shift() as Side))
    found.push(row)
  }
  return [...found, ...gone.map(toGone)].filter((row) => groups.has(row.group))
}

const toGone = (earlier: Side): Row => ({ key: earlier.iri, group: 'dropped', earlier })
