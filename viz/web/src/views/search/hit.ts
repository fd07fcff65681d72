/** What a search found, as the server tells of it. */
import type { Thing } from '@/api'

export interface HitMark {
  field: 'label' | 'text' | 'beside'
  start: number
  end: number
  reason: string
}

export interface Hit extends Thing {
  kind: 'unit' | 'plan' | 'instrument' | 'section' | 'task' | 'statement'
  text: string
  beside: string
  marks: HitMark[]
  plan: string
  plan_title: string
  number: string
  year: number | null
  place: string
  file: string
  at: string
}

export interface Found {
  words: string
  total: number
  page: number
  limit: number
  hits: Hit[]
  facets: { name: string; values: { value: string; label: string; count: number }[] }[]
  did_you_mean: string
  said: { zh: string; en: string }[]
}

/** The marks of one field, as the parts that draw marks take them. */
export const marksOf = (hit: Hit, field: HitMark['field']): { start: number; end: number; kind: string }[] =>
  hit.marks.filter((mark) => mark.field === field).map(({ start, end, reason }) => ({ start, end, kind: reason }))
