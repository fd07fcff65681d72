/** What is on the graph, as it stands in the address: where it began, what was opened, pinned, taken off and hidden. */
export interface Opened {
  node: string
  relation: string // with ':in' where it leads inward; empty: all relations
  count: number
}
export interface State {
  starts: string[]
  begun: boolean // whether something was opened, be it closed again; a start that is given alone is opened by itself
  opened: Opened[]
  removed: string[]
  pins: Record<string, [number, number]>
  hidden: string[] // kinds
  layout: string
  path: [string, string] | null
}

export const LAYOUTS = ['force', 'concentric', 'layered', 'grid'] as const
export const STEP = 50
const MOST = 2000 // neighbours of one relation that an address may ask for

export const empty = (): State => ({ starts: [], begun: false, opened: [], removed: [], pins: {}, hidden: [], layout: 'force', path: null })

const BASE = 'https://w3id.org/zhengpu/'
// a character that our IRIs escape, so that it can stand between them
const BETWEEN = '|'
const WITHIN = '^'
const NOTHING = '-'
const START = '~'
const TIMES = '*'

const short = (iri: string): string => (iri.startsWith(BASE) ? iri.slice(BASE.length - 1) : iri)
const long = (name: string): string => (name.startsWith('/') ? BASE.slice(0, -1) + name : name)
const list = (text: unknown): string[] => (typeof text === 'string' && text ? text.split(BETWEEN) : [])

/** The parameters of an address. What is empty is left out. */
export function toParams(state: State): Record<string, string | undefined> {
  const joined = (parts: string[]): string | undefined => parts.join(BETWEEN) || undefined
  return {
    node: joined(state.starts.map(short)),
    open: joined(toOpen(state)) ?? (state.begun ? NOTHING : undefined),
    off: joined(state.removed.map(short)),
    pin: joined(Object.entries(state.pins).map(([node, [x, y]]) => [short(node), Math.round(x), Math.round(y)].join(WITHIN))),
    hide: joined(state.hidden),
    layout: state.layout === 'force' ? undefined : state.layout,
    path: state.path ? joined(state.path.map(short)) : undefined,
  }
}

/** What was opened, node by node; a start is named by its place among the starts. */
function toOpen({ starts, opened }: State): string[] {
  const nodes = new Map<string, string[]>()
  for (const { node, relation, count } of opened) {
    const at = starts.indexOf(node)
    const name = at < 0 ? short(node) : START + at
    nodes.set(name, [...(nodes.get(name) ?? [name]), count === STEP ? relation : relation + TIMES + count])
  }
  return [...nodes.values()].map((parts) => parts.join(WITHIN))
}

function fromOpen(text: string, starts: readonly string[]): Opened[] {
  const [name, ...relations] = text.split(WITHIN)
  const node = name?.startsWith(START) ? starts[Number(name.slice(1))] : long(name ?? '')
  if (!node) return []
  return relations.map((one) => {
    const [relation, count] = one.split(TIMES)
    return { node, relation: relation ?? '', count: Math.min(Math.max(Number(count) || STEP, 1), MOST) }
  })
}

/** The state that an address tells of. What is not understood is left out. */
export function fromParams(params: Record<string, unknown>): State {
  const path = list(params.path).map(long)
  const starts = list(params.node).map(long)
  return {
    starts,
    begun: params.open !== undefined,
    opened: params.open === NOTHING ? [] : list(params.open).flatMap((text) => fromOpen(text, starts)),
    removed: list(params.off).map(long),
    pins: Object.fromEntries(
      list(params.pin).flatMap((text) => {
        const [node, x, y] = text.split(WITHIN)
        return node && Number.isFinite(Number(x)) && Number.isFinite(Number(y))
          ? [[long(node), [Number(x), Number(y)] as [number, number]]]
          : []
      }),
    ),
    hidden: list(params.hide),
    layout: LAYOUTS.find((one) => one === params.layout) ?? 'force',
    path: path.length === 2 ? [path[0] as string, path[1] as string] : null,
  }
}

/** The state after a relation of a node was opened, or opened further. */
export function opening(state: State, node: string, relation: string): State {
  const known = state.opened.find((one) => one.node === node && one.relation === relation)
  const opened = known
    ? state.opened.map((one) => (one === known ? { ...one, count: one.count + STEP } : one))
    : [...state.opened, { node, relation, count: STEP }]
  return { ...state, begun: true, opened, removed: state.removed.filter((one) => one !== node) }
}

/** The state after what was opened from a node was closed again. */
export const closing = (state: State, node: string): State => ({ ...state, opened: state.opened.filter((one) => one.node !== node) })

/** The state after a node was taken off. */
export function removing(state: State, node: string): State {
  const { [node]: _, ...pins } = state.pins
  return {
    ...closing(state, node),
    starts: state.starts.filter((one) => one !== node),
    removed: [...new Set([...state.removed, node])],
    pins,
  }
}
