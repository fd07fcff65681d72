/** Answers of SPARQL and of stock queries as one kind of table. */
import type { Cell } from '@/stock'

export interface Table {
  columns: string[]
  rows: Record<string, Cell>[]
}
interface Term {
  type: string
  value: string
  datatype?: string
}
interface Results {
  head: { vars?: string[] }
  boolean?: boolean
  results?: { bindings: Record<string, Term>[] }
}

const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger|gYear)$/

/** The answer of a SELECT as a table; of an ASK the truth. */
export function toTable(told: Results): Table | boolean {
  if (told.boolean !== undefined) return told.boolean
  const columns = told.head.vars ?? []
  const rows = (told.results?.bindings ?? []).map((binding) => Object.fromEntries(columns.map((name) => [name, valueOf(binding[name])])))
  return { columns, rows }
}

function valueOf(term: Term | undefined): Cell {
  if (!term) return null
  return term.datatype && NUMBER.test(term.datatype) ? Number(term.value) : term.value
}

/** The columns that are shown: a label stands in the column of its thing. */
export const shownColumns = (table: Table): string[] =>
  table.columns.filter((name) => !(name.endsWith('_label') && table.columns.includes(name.slice(0, -'_label'.length))))

/** Columns with numbers, and columns by which they can be told apart. */
export function chartColumns(table: Table): { numbers: string[]; categories: string[] } {
  const some = table.rows.slice(0, 50)
  const numbers = table.columns.filter(
    (name) => some.some((row) => typeof row[name] === 'number') && some.every((row) => row[name] === null || typeof row[name] === 'number'),
  )
  const labels = table.columns.filter((name) => !numbers.includes(name) || /year|month/.test(name))
  const categories = [
    ...labels.filter((name) => name.endsWith('_label')),
    ...labels.filter((name) => !name.endsWith('_label') && !table.columns.includes(`${name}_label`)),
  ]
  return { numbers, categories }
}

/** Simple N-Triples as rows; enough to look at what a CONSTRUCT gives. */
export function toTriples(text: string): Table {
  const rows = text.split('\n').flatMap((line) => {
    const found = /^(<[^>]*>|_:\S+) <([^>]*)> (.*) \.\s*$/.exec(line)
    return found ? [{ subject: bare(found[1] as string), predicate: found[2] as string, object: bare(found[3] as string) }] : []
  })
  return { columns: ['subject', 'predicate', 'object'], rows }
}

function bare(term: string): string {
  if (term.startsWith('<')) return term.slice(1, -1)
  const literal = /^"((?:[^"\\]|\\.)*)"/.exec(term)
  return literal
    ? (literal[1] as string)
        .replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
        .replace(/\\n/g, '\n')
        .replace(/\\(.)/g, '$1')
    : term
}

/** Which kind of answer a query asks for. */
export function formOf(query: string): 'select' | 'graph' {
  const bareQuery = query.replace(/#[^\n]*|"(?:[^"\\\n]|\\.)*"|<[^>\s]*>/g, ' ')
  const verb = /\b(select|ask|construct|describe)\b/i.exec(bareQuery)?.[1]?.toLowerCase()
  return verb === 'construct' || verb === 'describe' ? 'graph' : 'select'
}

const MOST = 64_000_000 // characters of an answer that a browser can hold at ease

/** The text of an answer, given up where it becomes too long to be shown. */
export async function readText(answer: Response): Promise<string | undefined> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const parts: string[] = []
  let length = 0
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value)
    length += part.value.length
    if (length > MOST) {
      await reader?.cancel()
      return undefined
    }
  }
  return parts.join('')
}
