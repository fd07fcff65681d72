/** A facet with its values, as the server tells of it. */
import type { Facet } from '@/filters'
import { language, t } from '@/language'

export interface FacetValue {
  value: string
  label: string
  en?: string | null // where the graph has one
  count: number
  chosen: boolean
}

export interface FacetTold {
  name: Facet
  values: FacetValue[]
  total: number // of values; the most frequent ones are listed
}

/** The name of a value in the language of the page, where it is a code. */
export function labelOf(name: Facet, one: Pick<FacetValue, 'value' | 'label' | 'en'>): string {
  if (one.en && language.value === 'en') return one.en
  const key = `facets.values.${name}.${one.value}`
  const known = ['level', 'role', 'deadline', 'relation'].includes(name) ? t(key) : key
  return known === key ? one.label : known
}
