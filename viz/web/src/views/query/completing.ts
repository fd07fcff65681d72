/** What the editor completes: classes and properties of this store, from its own description. Nobody else is asked. */
import { ask } from '@/api'

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

export const describe = async (): Promise<Described> =>
  toDescribed(await (await ask('/.well-known/void', {}, { headers: { Accept: 'application/n-triples' } })).text())

/** The prefixes that a query uses and does not declare, as lines to stand before it. */
export function missingPrefixes(query: string, prefixes: Record<string, string>): string {
  const bare = query.replace(/#[^\n]*|"(?:[^"\\\n]|\\.)*"|<[^>\s]*>/g, ' ')
  const declared = new Set([...query.matchAll(/prefix\s+([\w-]*):/gi)].map((match) => match[1]))
  const used = new Set([...bare.matchAll(/(?<![\w?$])([A-Za-z][\w-]*):(?=[\w%])/g)].map((match) => match[1] as string))
  return [...used].filter((one) => !declared.has(one) && prefixes[one]).map((one) => `PREFIX ${one}: <${prefixes[one]}>\n`).join('') // prettier-ignore
}
