/** What the editor completes: classes and properties of this store, from its own description. Nobody else is asked. */
import type Yasqe from '@zazuko/yasqe'
import { ask } from '@/api'

type CompleterConfig = (typeof Yasqe.Autocompleters)[string]

export interface Described {
  classes: string[]
  properties: string[]
  prefixes: Record<string, string>
}

const VOID = 'http://rdfs.org/ns/void#'
const VANN = 'http://purl.org/vocab/vann/'

/** The terms and prefixes that a description in N-Triples tells of. */
export function toDescribed(text: string): Described {
  const objects = (name: string): string[] => [
    ...new Set([...text.matchAll(new RegExp(`<${VOID}${name}> <([^>]+)>`, 'g'))].map((match) => match[1] as string)),
  ]
  const named = (name: string): Map<string, string> =>
    new Map(
      [...text.matchAll(new RegExp(`^(\\S+) <${VANN}${name}> "([^"]*)"`, 'gm'))].map((match) => [match[1] as string, match[2] as string]),
    )
  const [prefixes, spaces] = [named('preferredNamespacePrefix'), named('preferredNamespaceUri')]
  return {
    classes: objects('class'),
    properties: objects('property'),
    prefixes: Object.fromEntries(
      [...prefixes].flatMap(([node, prefix]) => (spaces.has(node) ? [[prefix, spaces.get(node) as string]] : [])),
    ),
  }
}

let known: Described = { classes: [], properties: [], prefixes: {} }

/** What this store says of itself; asked once, and again after a failure. */
export async function describe(): Promise<Described> {
  if (!known.classes.length) {
    const answer = await ask('/.well-known/void', {}, { headers: { Accept: 'application/n-triples' } })
    known = toDescribed(await answer.text())
  }
  return known
}

/** The editor's completers, which would ask other hosts, with our terms and prefixes in their place. */
export function teach(editor: typeof Yasqe): string[] {
  const names = ['prefixes', 'class', 'property'].map((name) => `zhengpu-${name}`)
  if (names.some((name) => name in editor.Autocompleters)) return ['variables', ...names]
  const typedIn = (token: { autocompletionString?: string } | undefined): string => (token?.autocompletionString ?? '').toLowerCase()
  const terms =
    (kind: 'classes' | 'properties'): CompleterConfig['get'] =>
    (_, token) =>
      found(known[kind], typedIn(token))
  const prefixes: CompleterConfig['get'] = (_, token) =>
    Object.entries(known.prefixes).map(([prefix, space]) => `${prefix}: <${space}>`).filter((line) => line.startsWith(typedIn(token))).sort() // prettier-ignore
  const ours = { bulk: false, persistenceId: null }
  editor.forkAutocompleter('prefixes', { name: 'zhengpu-prefixes', get: prefixes, ...ours }, false)
  editor.forkAutocompleter('class', { name: 'zhengpu-class', get: terms('classes'), ...ours }, false)
  editor.forkAutocompleter('property', { name: 'zhengpu-property', get: terms('properties'), ...ours }, false)
  return ['variables', ...names]
}

/** The terms that begin with what is typed, an IRI or a part of its end; those of ours first. */
export function found(terms: readonly string[], typed: string): string[] {
  const end = (iri: string): string => (iri.split(/[#/]/).at(-1) ?? '').toLowerCase()
  const rank = (iri: string): number => (iri.toLowerCase().startsWith(typed) ? 0 : end(iri).includes(typed) ? 1 : 2)
  return terms.filter((iri) => rank(iri) < 2).sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
}

/** The prefixes that a query uses and does not declare, as lines to stand before it. */
export function missingPrefixes(query: string, prefixes: Record<string, string>): string {
  const bare = query.replace(/#[^\n]*|"(?:[^"\\\n]|\\.)*"|<[^>\s]*>/g, ' ')
  const declared = new Set([...query.matchAll(/prefix\s+([\w-]*):/gi)].map((match) => match[1]))
  const used = new Set([...bare.matchAll(/(?<![\w?$])([A-Za-z][\w-]*):(?=[\w%])/g)].map((match) => match[1] as string))
  return [...used].filter((one) => !declared.has(one) && prefixes[one]).map((one) => `PREFIX ${one}: <${prefixes[one]}>\n`).join('') // prettier-ignore
}
