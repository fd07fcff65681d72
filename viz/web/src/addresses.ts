/** Where the server tells of a thing, by its IRI; the same rule as the server's (`address_of`). */
const BASE = /^https?:\/\/[^#?]+?\/id\/(.+)$/
const KINDS: [RegExp, string][] = [
  [/^plan\/(.+\/(?:task|statement)\/[^/]+)$/, 'tasks'],
  [/^plan\/((?:[^/]+\/){2,}[0-9a-f]{8,})$/, 'plans'],
  [/^unit\/(.+)$/, 'units'],
  [/^(group\/.+)$/, 'units'],
  [/^instrument\/([^/]+)$/, 'instruments'],
  [/^document\/([0-9a-f]{64})$/, 'documents'],
]

/** The path of the API for an IRI; none for what has no view of its own. */
export function addressOf(iri: string): string | undefined {
  const rest = BASE.exec(iri)?.[1]
  if (!rest) return undefined
  for (const [shape, kind] of KINDS) {
    const found = shape.exec(rest)
    if (found) return `/api/${kind}/${(found[1] as string).split('/').map(encodeURIComponent).join('/')}`
  }
  return undefined
}
