/** What is on the graph, as it stands in the address: where it began, what was opened, pinned, taken off and hidden. */
export interface Opened {
  node: string
  relation: string // with ':in' where it leads inward; empty: all relations
  count: number
}
export interface State {
  starts: string[]
  opened: Opened[]
  removed: string[]
  pins: Record<string, [number, number]>
  hidden: string[] // kinds
  layout: string
  path: [string, string] | null
}

export const LAYOUTS = ['force', 'concentric', 'layered', 'grid'] as const
export const STEP = 50

export const empty = (): State => ({ starts: [], opened: [], removed: [], pins: {}, hidden: [], layout: 'force', path: null })

const BASE = 'https://w3id.org/zhengpu/'
// a character that our IRIs escape, so that it can stand between them
const BETWEEN = '|'
const WITHIN = '^'

const short = (iri: string): string => (iri.startsWith(BASE) ? iri.slice(BASE.length - 1) : iri)
const long = (name: string): string => (name.startsWith('/') ? BASE.slice(0, -1) + name : name)
const list = (text: unknown): string[] => (typeof text === 'string' && text ? text.split(BETWEEN) : [])

/** The parameters of an address. What is empty is left out. */
export function toParams(state: State): Record<string, string | undefined> {
  const joined = (parts: string[]): string | undefined => parts.join(BETWEEN) || undefined
  return {
    node: joined(state.starts.map(short)),
    open: joined(state.opened.map((one) => [short(one.node), one.relation, one.count === STEP ? '' : one.count].join(WITHIN))),
    off: joined(state.removed.map(short)),
    pin: joined(Object.entries(state.pins).map(([node, [x, y]]) => [short(node), Math.round(x), Math.round(y)].join(WITHIN))),
    hide: joined(state.hidden),
    layout: state.layout === 'force' ? undefined : state.layout,
    path: state.path ? joined(state.path.map(short)) : undefined,
  }
}

/** The state that an address tells of. What is not understood is left out. */
export function fromParams(params: Record<string, unknown>): State {
  const path = list(params.path).map(long)
  return {
    starts: list(params.node).map(long),
    opened: list(params.open).map((text) => {
      const [node, relation, count] = text.split(WITHIN)
      return { node: long(node ?? ''), relation: relation ?? '', count: Number(count) || STEP }
    }),
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
  return { ...state, opened, removed: state.removed.filter((one) => one !== node) }
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
