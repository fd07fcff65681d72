/** An answer, as the server tells of it, and how its rows are read. */
import type { Cell } from '@/stock'

export type Row = Record<string, Cell>

export interface Told {
  question: string
  understood: string | null
  understood_en: string | null
  answer: string | null
  query: { name: string; text: string } | null
  rows: Row[]
  value: Cell
  choices: { label: string; note: string; iri: string; question: string }[]
  declined: string | null
  offers: string[]
  codes: Record<string, string> // the English of what the rows name by a code
  conversation: string | null
}

/** One question of a conversation, and what came of it. */
export interface Turn {
  question: string
  told?: Told
  failed?: string
}

/** A task that an answer rests on: its words, where they stand, and what else the answer says of it, each once. */
export interface Ground {
  task: string
  number: string
  text: string
  quote: string
  plan: string
  year: Cell
  stands: string
  said: [name: string, words: string[]][]
}

const NAMED = ['task', 'number', 'text', 'quote', 'plan', 'year', 'file', 'stands', 'order']
const words = (value: Cell | undefined): string => (value === null || value === undefined ? '' : String(value))

/** Rows by task, in their order: what a task has several of stands together. */
export function toGrounds(rows: readonly Row[]): Ground[] {
  const found = new Map<string, { first: Row; said: Map<string, Set<string>> }>()
  for (const row of rows) {
    const task = words(row.task)
    const one = found.get(task) ?? { first: row, said: new Map<string, Set<string>>() }
    found.set(task, one)
    for (const [name, value] of Object.entries(row)) {
      if (NAMED.includes(name) || value === null || value === '' || value === 'false' || isIri(value)) continue
      one.said.set(name, (one.said.get(name) ?? new Set()).add(words(value)))
    }
  }
  return [...found].map(([task, { first, said }]) => ({
    task,
    number: words(first.number),
    text: words(first.text),
    quote: words(first.quote) === words(first.text) ? '' : words(first.quote),
    plan: words(first.plan),
    year: first.year ?? null,
    stands: [words(first.file), words(first.stands)].filter(Boolean).join(' '),
    said: [...said].map(([name, values]) => [name, [...values]]),
  }))
}

const isIri = (value: Cell): boolean => typeof value === 'string' && /^(https?:\/\/|urn:)\S+$/.test(value)

/** The columns of rows that are no tasks: a label goes with its thing, and stands in its place. */
export function columnsOf(rows: readonly Row[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return names.filter((name) => !name.endsWith('_label') || !names.includes(name.slice(0, -'_label'.length)))
}
