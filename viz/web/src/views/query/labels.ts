/** How things are called that an answer names by IRI only. Asked for what is on the screen, and kept. */
import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import { addressOf } from '@/addresses'
import { Problem, ask, type Thing } from '@/api'
import { language } from '@/language'
import { isIri, type Cell } from '@/stock'
import { describe } from './completing'

const ZP = 'https://w3id.org/zhengpu/ontology#'
/** What says how a thing is called, the best first; as the server has it. */
const LABELS = [
  'http://www.w3.org/2000/01/rdf-schema#label',
  'http://www.w3.org/2004/02/skos/core#prefLabel',
  'http://purl.org/dc/terms/title',
  `${ZP}text`,
  `${ZP}nameAsPrinted`,
  `${ZP}asPrinted`,
  'http://data.europa.eu/eli/ontology#number',
  `${ZP}fileName`,
  'http://www.w3.org/ns/oa#exact',
]
const LONGEST = 60 // characters of a name
type Named = Record<string, { value: string; 'xml:lang'?: string }>

/** Asks for the names of things. One look at all that is said of a thing is faster than one for each property. */
export function labelsQuery(iris: readonly string[]): string {
  const list = (ones: readonly string[], between: string): string => ones.map((iri) => `<${iri}>`).join(between)
  return `SELECT DISTINCT ?x ?p ?label WHERE { VALUES ?x { ${list(iris, ' ')} } ?x ?p ?label FILTER(?p IN (${list(LABELS, ', ')})) }`
}

/** The best name of each: of the best kind, in the language or in none. */
export function bestLabels(rows: readonly Named[], spoken: string): Map<string, string> {
  const best = new Map<string, [number, string]>()
  for (const { x, p, label } of rows) {
    if (!x || !label || !p) continue
    const tongue = label['xml:lang'] ?? ''
    const worth = LABELS.indexOf(p.value) * 3 + (tongue === spoken ? 0 : tongue ? 2 : 1)
    const now = best.get(x.value)
    if (!now || worth < now[0]) best.set(x.value, [worth, label.value])
  }
  return new Map([...best].map(([iri, [, label]]) => [iri, label.length > LONGEST ? `${label.slice(0, LONGEST)}…` : label]))
}

/** An IRI by its prefix, where one is known. */
export function shortened(iri: string, prefixes: Record<string, string>): string {
  for (const [prefix, space] of Object.entries(prefixes)) {
    const rest = iri.slice(space.length)
    if (iri.startsWith(space) && rest && !/[/#?]/.test(rest)) return `${prefix}:${rest}`
  }
  return lastOf(iri)
}

function lastOf(iri: string): string {
  try {
    return decodeURIComponent(
      iri
        .replace(/[/#]+$/, '')
        .split(/[/#]/)
        .at(-1) ?? iri,
    )
  } catch {
    return iri
  }
}

const kept = shallowRef(new Map<string, string>())
const prefixes = shallowRef<Record<string, string>>({})
const plain = (iri: string): boolean => !/[<>"{}|\\^`\s]/.test(iri)

async function load(iris: readonly string[], spoken: string): Promise<void> {
  const key = (iri: string): string => `${spoken} ${iri}`
  const unknown = [...new Set(iris)].filter((iri) => plain(iri) && !kept.value.has(key(iri))).slice(0, 1000)
  if (!unknown.length) return
  try {
    prefixes.value = (await describe()).prefixes
    const headers = { 'Content-Type': 'application/sparql-query', Accept: 'application/sparql-results+json' }
    const answer = await ask('/sparql', { timeout: 10 }, { method: 'POST', body: labelsQuery(unknown), headers })
    const told = (await answer.json()) as { results: { bindings: Named[] } }
    const best = bestLabels(told.results.bindings, spoken)
    kept.value = new Map([...kept.value, ...unknown.map((iri) => [key(iri), best.get(iri) ?? ''] as [string, string])])
  } catch (reason) {
    if (!(reason instanceof Problem)) throw reason // without names the ends of the IRIs are shown
  }
}

/** Whether the words of a task stand in a column of their own; its number is its name then. */
const told = (columns: readonly string[], name: string): boolean => name === 'task' && columns.includes('text')

/** How the things of some rows are called: by the answer itself, by the store, or by the end of their IRIs. */
export function useLabels(
  rows: () => readonly Record<string, Cell>[],
  columns: () => readonly string[],
): ComputedRef<(row: Record<string, Cell>, name: string) => Thing> {
  watch(
    [rows, columns, language],
    () => {
      const bare = columns().filter((name) => !columns().includes(`${name}_label`) && !told(columns(), name))
      void load(rows().flatMap((row) => bare.map((name) => row[name]).filter(isIri)), language.value)
    },
    { immediate: true },
  ) // prettier-ignore
  return computed(() => {
    const [names, spaces, spoken] = [kept.value, prefixes.value, language.value]
    return (row, name) => {
      const iri = String(row[name])
      const self = addressOf(iri)
      const label = (told(Object.keys(row), name) ? (row.number ?? '§') : row[`${name}_label`]) ?? names.get(`${spoken} ${iri}`)
      return { iri, label: label ? String(label) : shortened(iri, spaces), ...(self ? { links: { self } } : {}) }
    }
  })
}
