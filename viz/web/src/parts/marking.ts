/** A text cut where marks begin and end, so that marks that overlap can be drawn without nesting. */
export interface Mark {
  start: number
  end: number
  kind: string
  note?: string // what was understood, told beside the kind
}

export interface Piece<M extends Mark> {
  text: string
  start: number
  marks: M[] // the widest first
}

/** The pieces of `text`, whose first character is `offset` of what the marks count from. Characters are counted as Python counts them, by code points. */
export function cut<M extends Mark>(text: string, marks: readonly M[], offset = 0): Piece<M>[] {
  const letters = Array.from(text)
  const end = offset + letters.length
  const inside = marks.filter((mark) => mark.start < end && mark.end > offset && mark.start < mark.end)
  const bounds = new Set([offset, end])
  for (const mark of inside) bounds.add(Math.max(mark.start, offset)).add(Math.min(mark.end, end))
  const places = [...bounds].sort((one, other) => one - other)
  const sorted = [...inside].sort((one, other) => one.start - other.start || other.end - one.end)
  const pieces: Piece<M>[] = []
  let next = 0
  let open: M[] = []
  for (let at = 0; at + 1 < places.length; at++) {
    const [from, to] = [places[at] as number, places[at + 1] as number]
    open = open.filter((mark) => mark.end > from)
    while (next < sorted.length && (sorted[next] as M).start <= from) open.push(sorted[next++] as M)
    const here = open.filter((mark) => mark.end > from)
    pieces.push({
      text: letters.slice(from - offset, to - offset).join(''),
      start: from,
      marks: here.sort((one, other) => other.end - other.start - (one.end - one.start)),
    })
  }
  return pieces
}

/** The kinds that are told apart: deadlines of all kinds look the same. */
export const lookOf = (kind: string): string => (kind.endsWith('Deadline') ? 'Deadline' : kind)
