/** A document's text in blocks that can be drawn one by one: pages where it had pages, else runs of lines. Offsets count code points. */
import { lookOf, type Mark } from '@/parts/marking'

export interface DocumentMark extends Mark {
  iri: string
  states: string | null
  stands: string
  page: number | null
  links?: { self?: string }
}
export interface Block<M extends Mark> {
  page: number | null
  start: number
  text: string
  marks: M[]
}

const LONGEST = 2000 // characters of a block that has no page of its own

/** The blocks of a text, each with the marks that lie in it, also those that go on from the block before. */
export function toBlocks<M extends Mark>(
  text: string,
  marks: readonly M[],
  pages: readonly { page: number; start: number; end: number }[],
): Block<M>[] {
  const letters = Array.from(text)
  const bounds = pages.length ? pagesOf(pages, letters.length) : runsOf(letters)
  const sorted = [...marks].sort((one, other) => one.start - other.start)
  const blocks: Block<M>[] = []
  let next = 0
  let open: M[] = []
  for (const { page, start, end } of bounds) {
    while (next < sorted.length && (sorted[next] as M).start < end) open.push(sorted[next++] as M)
    blocks.push({ page, start, text: letters.slice(start, end).join(''), marks: open.filter((mark) => mark.end > start) })
    open = open.filter((mark) => mark.end > end)
  }
  return blocks
}

interface Bound {
  page: number | null
  start: number
  end: number
}

/** Pages, with what stands between them given to the page before. */
function pagesOf(pages: readonly { page: number; start: number }[], length: number): Bound[] {
  const starts = pages.map((one, at) => ({ page: one.page as number | null, start: at ? one.start : 0 }))
  return starts.map((one, at) => ({ ...one, end: starts[at + 1]?.start ?? length }))
}

/** Runs of whole lines. */
function runsOf(letters: readonly string[]): Bound[] {
  const bounds: Bound[] = []
  let start = 0
  for (let at = 0; at < letters.length; at++) {
    if (letters[at] === '\n' && at + 1 - start >= LONGEST) {
      bounds.push({ page: null, start, end: at + 1 })
      start = at + 1
    }
  }
  if (start < letters.length || !bounds.length) bounds.push({ page: null, start, end: letters.length })
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
