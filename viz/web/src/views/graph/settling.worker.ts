/** Forces at work beside the page: ForceAtlas2 from where the nodes begin, told in steps. */
import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'

interface Asked {
  at: Float32Array
  edges: [number, number, number][]
  sizes: Float32Array
}
const [STEPS, AT_ONCE, LONGEST] = [160, 8, 15_000]

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  const graph = new Graph({ type: 'undirected', multi: false })
  const n = data.at.length / 2
  for (let index = 0; index < n; index++)
    graph.addNode(index, { x: data.at[2 * index], y: data.at[2 * index + 1], size: data.sizes[index] })
  for (const [from, to] of data.edges) if (from !== to) graph.mergeEdge(from, to)
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    barnesHutOptimize: n > 500,
    scalingRatio: 12,
    gravity: 0.6,
    slowDown: 4,
    adjustSizes: false,
  }
  const started = performance.now()
  for (let step = 0; step < STEPS && performance.now() - started < LONGEST; step += AT_ONCE) {
    forceAtlas2.assign(graph, { iterations: AT_ONCE, settings })
    const at = new Float32Array(2 * n)
    graph.forEachNode((index, { x, y }) => ([at[2 * Number(index)], at[2 * Number(index) + 1]] = [x as number, y as number]))
    self.postMessage({ at, done: false }, { transfer: [at.buffer] })
  }
  self.postMessage({ done: true })
}
