/** Tables in a text that holds them as lines with tabs. What was read from a cell tells in which column it stood; merged cells are left out of the text. */
import { lookOf, type Mark } from '@/parts/marking'

export interface Line {
  start: number
  end: number // without the line break
}
/** A line that is a row: its cells, and how wide the columns of its table are. */
export interface Shape {
  widths: readonly number[]
  cells: { start: number; end: number; span: number }[]
}
type Placed = Mark & { stands: string | null }
interface Cell extends Line {
  words: string
  column: number // from 1; 0 where nothing tells
  kind: string // of what was read there
  head?: boolean
}

const COLUMN = /第(\d+)列/
/** How columns are headed in which a kind is read. */
const HEADS: [RegExp, string][] = [
  [/单位|部门|牵头|责任人/, 'Assignment'],
  [/时限|时间|期限|进度/, 'Deadline'],
  [/要求|内容|措施|任务|事项|举措/, 'Task'],
]
const [NARROWEST, WIDEST] = [6, 40] // parts of the width that a column asks for

export function linesOf(letters: readonly string[]): Line[] {
  const lines: Line[] = []
  let start = 0
  for (let at = 0; at <= letters.length; at++) {
    if (at < letters.length && letters[at] !== '\n') continue
    if (at < letters.length || at > start || !lines.length) lines.push({ start, end: at })
    start = at + 1
  }
  return lines
}

/** For every line that is a row of a table its shape. Marks are in order of where they begin. */
export function shapesOf(letters: readonly string[], lines: readonly Line[], marks: readonly Placed[]): (Shape | undefined)[] {
  const shapes: (Shape | undefined)[] = lines.map(() => undefined)
  let next = 0
  let run: { at: number; cells: Cell[] }[] = []
  const close = (): void => {
    for (const { at, shape } of toShapes(run)) shapes[at] = shape
    run = []
  }
  lines.forEach((line, at) => {
    while (next < marks.length && (marks[next] as Placed).start < line.start) next++
    const inside: Placed[] = []
    for (let each = next; each < marks.length && (marks[each] as Placed).start < line.end; each++) inside.push(marks[each] as Placed)
    const cells = cellsOf(letters, line, inside)
    if (cells.length > 1 || cells.some((one) => one.column)) run.push({ at, cells })
    else close()
  })
  close()
  return shapes
}

function cellsOf(letters: readonly string[], line: Line, marks: readonly Placed[]): Cell[] {
  const cells: Cell[] = []
  let start = line.start
  for (let at = line.start; at <= line.end; at++) {
    if (at < line.end && letters[at] !== '\t') continue
    const told = marks.find((mark) => mark.start >= start && mark.start < at && COLUMN.test(mark.stands ?? ''))
    const words = letters.slice(start, Math.min(at, start + 20)).join('')
    cells.push({ start, end: at, words, column: Number(COLUMN.exec(told?.stands ?? '')?.[1] ?? 0), kind: lookOf(told?.kind ?? '') })
    start = at + 1
  }
  return cells
}

/** Lines that follow one another as the rows of one table; of one line, or without a place that tells of columns, there is none. */
function toShapes(given: readonly { at: number; cells: Cell[] }[]): { at: number; shape: Shape }[] {
  if (!given.some((row) => row.cells.length > 1) || !given.some((row) => row.cells.some((cell) => cell.column > 0))) return []
  const kinds = kindsOf(given.flatMap((row) => row.cells))
  const run = given.map(({ at, cells }) => ({ at, cells: headed(cells, kinds) }))
  const columns = Math.max(...run.map((row) => placed(row.cells).at(-1) ?? 1))
  const sums = Array.from({ length: columns }, () => [0, 0] as [number, number])
  for (const row of run.filter((one) => one.cells.length > 1)) {
    placed(row.cells).forEach((column, at) => {
      const sum = sums[column - 1] as [number, number]
      const { start, end } = row.cells[at] as Cell
      if (end > start) [sum[0], sum[1]] = [sum[0] + end - start, sum[1] + 1]
    })
  }
  const widths = sums.map(([letters, cells]) => Math.min(WIDEST, Math.max(NARROWEST, cells ? letters / cells : 0)))
  return run.map(({ at, cells }) => ({ at, shape: { widths, cells: spread(cells, columns) } }))
}

/** The column in which each kind is read most. */
function kindsOf(cells: readonly Cell[]): Map<string, number> {
  const counts = new Map<string, Map<number, number>>()
  for (const { kind, column } of cells) {
    if (!column) continue
    const columns = counts.get(kind) ?? new Map<number, number>()
    counts.set(kind, columns.set(column, (columns.get(column) ?? 0) + 1))
  }
  return new Map([...counts].map(([kind, columns]) => [kind, [...columns].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 0]))
}

/** A head, of which nothing was read and no place is told: its cells stand over what they are the names of, from the right to the left. */
function headed(cells: readonly Cell[], kinds: ReadonlyMap<string, number>): Cell[] {
  if (cells.length < 3 || cells.some((cell) => cell.column)) return [...cells]
  let free = Infinity
  const found = [...cells].reverse().map((cell): Cell => {
    const column = HEADS.filter(([words]) => words.test(cell.words)).map(([, one]) => kinds.get(one) ?? 0).find((one) => one > 0 && one < free) ?? 0 // prettier-ignore
    if (column) free = column
    return { ...cell, column, head: true }
  })
  return found.reverse()
}

/** The column of each cell: as its place tells; what does not tell follows the cell before it. */
function placed(cells: readonly Cell[]): number[] {
  const columns: number[] = []
  for (const cell of cells) {
    const least = (columns.at(-1) ?? 0) + 1
    columns.push(Math.max(least, cell.column))
  }
  return columns
}

/** The cells of a row with empty ones where a merged cell reaches into it; one cell alone goes over all columns. */
function spread(cells: readonly Cell[], columns: number): Shape['cells'] {
  const found: Shape['cells'] = []
  const at = placed(cells)
  if (cells.length === 1) return [{ start: (cells[0] as Cell).start, end: (cells[0] as Cell).end, span: columns }]
  cells.forEach((cell, each) => {
    const before = (at[each] as number) - 1 - (each ? (at[each - 1] as number) : 0)
    const last = found.at(-1)
    if (before > 0 && cell.head && last)
      last.span += before // a head that was merged
    else if (before > 0) found.push({ start: cell.start, end: cell.start, span: before })
    found.push({ start: cell.start, end: cell.end, span: 1 })
  })
  const rest = columns - (at.at(-1) ?? 0)
  if (rest > 0) found.push({ start: cells.at(-1)?.end ?? 0, end: cells.at(-1)?.end ?? 0, span: rest })
  return found
}
