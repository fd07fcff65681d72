/** A document's text in blocks that can be drawn one by one: pages where it had pages, else runs of lines. Offsets count code points. */
import { lookOf, type Mark } from '@/parts/marking'
import { type Line, type Shape, linesOf, shapesOf } from './tables'

export interface DocumentMark extends Mark {
  iri: string
  states: string | null
  stands: string | null
  page: number | null
  links?: { self?: string }
}
export interface Stretch<M> {
  start: number
  end: number
  text: string
  marks: M[]
}
export interface Row<M> {
  start: number
  cells: (Stretch<M> & { span: number })[]
}
/** Running text, or rows of a table with the widths that all its rows have. */
export type Part<M> = Stretch<M> | { start: number; widths: readonly number[]; rows: Row<M>[] }
export interface Block<M> {
  page: number | null
  start: number
  end: number
  parts: Part<M>[]
}

const LONGEST = 2000 // characters of a block that has no page of its own

/** The blocks of a text, each with the marks that lie in it, also those that go on from the block before. */
export function toBlocks<M extends DocumentMark>(
  text: string,
  marks: readonly M[],
  pages: readonly { page: number; start: number }[],
): Block<M>[] {
  const letters = Array.from(text)
  const lines = linesOf(letters)
  const sorted = [...marks].sort((one, other) => one.start - other.start)
  const shapes = shapesOf(letters, lines, sorted)
  const bounds = pages.length ? pagesOf(pages, lines, shapes, letters.length) : runsOf(lines, letters.length)
  let [next, line] = [0, 0]
  let open: M[] = []
  return bounds.map(({ page, start, end }) => {
    while (next < sorted.length && (sorted[next] as M).start < end) open.push(sorted[next++] as M)
    while (line < lines.length && (lines[line] as Line).end + 1 <= start) line++
    const here = open
    const stretch = (one: number, other: number): Stretch<M> => ({
      start: one,
      end: other,
      text: letters.slice(one, other).join(''),
      marks: here.filter((mark) => mark.start < other && mark.end > one),
    })
    const parts: Part<M>[] = []
    for (let at = line; at < lines.length && (lines[at] as Line).start < end; at++) {
      const own = lines[at] as Line
      const shape = shapes[at]
      if (shape) addRow(parts, own.start, shape, stretch)
      else addText(parts, Math.max(own.start, start), Math.min(own.end + 1, end), stretch)
    }
    open = open.filter((mark) => mark.end > end)
    return { page, start, end, parts: parts.map((part) => ('end' in part ? stretch(part.start, part.end) : part)) }
  })
}

type Cut<M> = (start: number, end: number) => Stretch<M>

/** A line of running text goes to the text before it, which is cut out when it is whole. */
function addText<M>(parts: Part<M>[], start: number, end: number, stretch: Cut<M>): void {
  const last = parts.at(-1)
  if (last && 'end' in last) last.end = end
  else parts.push({ ...stretch(start, start), end })
}

function addRow<M>(parts: Part<M>[], start: number, shape: Shape, stretch: Cut<M>): void {
  const last = parts.at(-1)
  const row = { start, cells: shape.cells.map((one) => ({ ...stretch(one.start, one.end), span: one.span })) }
  if (last && 'rows' in last && last.widths === shape.widths) last.rows.push(row)
  else parts.push({ start, widths: shape.widths, rows: [row] })
}

interface Bound {
  page: number | null
  start: number
  end: number
}

/** Pages, with what stands between them given to the page before; no row of a table is cut. */
function pagesOf(
  pages: readonly { page: number; start: number }[],
  lines: readonly Line[],
  shapes: readonly (Shape | undefined)[],
  length: number,
): Bound[] {
  const starts = pages.map((one, at) => ({ page: one.page as number | null, start: at ? whole(one.start, lines, shapes) : 0 }))
  return starts.map((one, at) => ({ ...one, end: starts[at + 1]?.start ?? length })).filter((one) => one.end > one.start)
}

/** Where a page begins: in a table with the row, elsewhere as given. */
function whole(start: number, lines: readonly Line[], shapes: readonly (Shape | undefined)[]): number {
  const at = lines.findLastIndex((one) => one.start <= start)
  return shapes[at] ? (lines[at] as Line).start : start
}

/** Runs of whole lines. */
function runsOf(lines: readonly Line[], length: number): Bound[] {
  const bounds: Bound[] = []
  let start = 0
  for (const { end } of lines) {
    if (end + 1 - start < LONGEST || end >= length) continue
    bounds.push({ page: null, start, end: end + 1 })
    start = end + 1
  }
  if (start < length || !bounds.length) bounds.push({ page: null, start, end: length })
  return bounds
}

/** How many marks there are of each kind, the most first. */
export function countKinds(marks: readonly Mark[]): [string, number][] {
  const found = new Map<string, number>()
  for (const mark of marks) found.set(lookOf(mark.kind), (found.get(lookOf(mark.kind)) ?? 0) + 1)
  return [...found].sort(([, one], [, other]) => other - one)
}

/** The mark that an address asks for: by its place, `12-34`, or by the fact. */
export function asked<M extends DocumentMark>(marks: readonly M[], at: string, fact: string): M | undefined {
  if (fact) return marks.find((mark) => mark.iri === fact)
  const [start, end] = at.split('-').map(Number)
  if (!at || start === undefined || Number.isNaN(start)) return undefined
  return (
    marks.find((mark) => mark.start === start && mark.end === end) ??
    [...marks]
      .filter((mark) => mark.start <= start && mark.end > start)
      .sort((one, other) => one.end - one.start - (other.end - other.start))[0]
  )
}
