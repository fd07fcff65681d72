/** The nodes and edges of a state, asked of the server page by page; what was answered once is not asked again. */
import { get } from '@/api'
import { keyOf, nothing, without, type Around, type Gathered, type Way } from './merging'
import { STEP, type State } from './state'

const answers = new Map<string, Promise<Around>>()

/** A node with its relations and one page of its neighbours. */
export function around(node: string, relation = '', offset = 0): Promise<Around> {
  const key = `${node} ${relation} ${offset}`
  const known = answers.get(key)
  if (known) return known
  const asked = get<Around>('/api/graph', relation ? { node, relation, limit: STEP, offset, counts: 'false' } : { node, limit: 1 })
  answers.set(key, asked)
  asked.catch(() => answers.delete(key))
  return asked
}

/** All that a state shows. */
export async function gather(state: State): Promise<Gathered> {
  const found = nothing()
  const starts = await Promise.all(state.starts.map((node) => around(node)))
  for (const one of starts) found.nodes.set(one.node.iri, one.node)
  const pages = state.opened.flatMap((one) =>
    Array.from({ length: Math.ceil(one.count / STEP) }, (_, page) => around(one.node, one.relation, page * STEP)),
  )
  for (const page of await Promise.all(pages)) {
    for (const node of [page.node, ...page.nodes]) found.nodes.set(node.iri, node)
    for (const edge of page.edges) found.edges.set(keyOf(edge), edge)
    Object.assign(found.names, page.names)
    found.query = page.query
  }
  found.query ||= starts.at(-1)?.query ?? ''
  if (state.path) {
    found.way = await get<Way>('/api/path', { from: state.path[0], to: state.path[1] })
    Object.assign(found.names, found.way.names)
    for (const node of found.way.nodes) found.nodes.set(node.iri, node)
    for (const edge of found.way.edges) found.edges.set(keyOf(edge), edge)
  }
  return without(found, new Set(state.removed), new Set(state.hidden))
}

/** Ask anew from now on. */
export const forget = (): void => answers.clear()
