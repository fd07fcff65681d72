/** Answers of stock queries: rows whose columns `x` and `x_label` belong together. */
import type { Thing } from './api'
import { addressOf } from './addresses'

export type Cell = string | number | boolean | null
export interface Answer {
  query: string
  columns: string[]
  rows: Record<string, Cell>[]
  text?: string
}

/** The first thing of each row, with how many tasks it has. */
export function tableOf(answer: Answer | undefined): { thing: Thing; count: number | null }[] {
  return (answer?.rows ?? []).flatMap((row) => {
    const name = answer?.columns.find((column) => isIri(row[column]))
    if (!name) return []
    return [{ thing: thingOf(row, name), count: typeof row.tasks === 'number' ? row.tasks : null }]
  })
}

/** A cell with an IRI as a thing with its label and where it is shown. */
export function thingOf(row: Record<string, Cell>, name: string): Thing {
  const iri = String(row[name])
  const label = row[`${name}_label`] ?? row.text
  const self = addressOf(iri)
  return { iri, label: label ? String(label) : lastOf(iri), ...(self ? { links: { self } } : {}) }
}

export const isIri = (value: Cell | undefined): value is string => typeof value === 'string' && /^(https?:\/\/|urn:)\S+$/.test(value)

function lastOf(iri: string): string {
  const last = iri.split(/[/#]/).at(-1) ?? iri
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
