/** A stock query as /api/queries tells of it. */
import type { Coded } from '@/api'
import { named } from '@/language'

export interface Parameter {
  name: string
  type: 'iri' | 'string' | 'integer' | 'date'
  description: { zh: string; en: string }
  required: boolean
  default: string | null
  values?: string[]
  names?: string
  codes?: Coded[]
}
export interface Stock {
  name: string
  summary: { zh: string; en: string }
  description: { zh: string; en: string }
  tags: string[]
  parameters: Parameter[]
  columns: string[]
  heads: Record<string, { zh: string; en: string }>
  example?: { values: Record<string, string> }
}

/** Queries by their first tag; the tags are told in Chinese, then in English. */
export function groupsOf(queries: readonly Stock[]): [string, Stock[]][] {
  const groups = new Map<string, Stock[]>()
  for (const one of queries) {
    const tag = named({ zh: one.tags[0] ?? '', en: one.tags[one.tags.length / 2] ?? one.tags[0] ?? '' })
    groups.set(tag, [...(groups.get(tag) ?? []), one])
  }
  return [...groups]
}
