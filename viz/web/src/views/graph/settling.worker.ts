/** Forces at work beside the page: ForceAtlas2 from where the nodes begin, told now and then, as each telling costs the page a drawing. */
import defaults from 'graphology-layout-forceatlas2/defaults'
import iterate from 'graphology-layout-forceatlas2/iterate'

interface Asked {
  at: Float32Array
  edges: [number, number, number][]
}
const [STEPS, LONGEST, PAUSE] = [160, 15_000, 2000] // milliseconds
const [PER_NODE, MASS, CONVERGENCE, SIZE] = [10, 6, 7, 8] // as that library lays out its numbers

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  const n = data.at.length / 2
  const nodes = new Float32Array(n * PER_NODE)
  for (let index = 0; index < n; index++) {
    nodes.set(data.at.subarray(2 * index, 2 * index + 2), index * PER_NODE)
    for (const one of [MASS, CONVERGENCE, SIZE]) nodes[index * PER_NODE + one] = 1
  }
  const edges = tied(data.edges, n, nodes)
  // of groups far away a coarser account than that library's: the one that Gephi gives
  const settings = { ...defaults, strongGravityMode: true, barnesHutOptimize: n > 500, barnesHutTheta: 1.2, scalingRatio: 12, gravity: 0.6, slowDown: 4 } // prettier-ignore
  const started = performance.now()
  let told = started
  for (let step = 0, now = started; step < STEPS && now - started < LONGEST; step++, now = performance.now()) {
    iterate(settings, nodes, edges)
    if (now - told > PAUSE) {
      told = now
      tell(nodes, n, false)
    }
  }
  tell(nodes, n, true)
}

/** Each pair of nodes that are tied, once; and both get heavier. */
function tied(edges: Asked['edges'], n: number, nodes: Float32Array): Float32Array {
  const pairs = new Set<number>()
  for (const [from, to] of edges) if (from !== to) pairs.add(Math.min(from, to) * n + Math.max(from, to))
  const found = new Float32Array(pairs.size * 3)
  let at = 0
  for (const pair of pairs) {
    const ends = [Math.floor(pair / n) * PER_NODE, (pair % n) * PER_NODE]
    for (const end of ends) nodes[end + MASS] = (nodes[end + MASS] ?? 0) + 1
    found.set([...ends, 1], at)
    at += 3
  }
  return found
}

function tell(nodes: Float32Array, n: number, done: boolean): void {
  const at = new Float32Array(2 * n)
  for (let index = 0; index < n; index++) at.set(nodes.subarray(index * PER_NODE, index * PER_NODE + 2), 2 * index)
  self.postMessage({ at, done }, { transfer: [at.buffer] })
}
