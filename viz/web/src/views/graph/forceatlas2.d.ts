/** Parts of the layout that come without types. */
declare module 'graphology-layout-forceatlas2/iterate' {
  /** One step: moves the nodes, ten numbers each, of which the first two are its place; an edge is two offsets and a weight. */
  export default function iterate(settings: object, nodes: Float32Array, edges: Float32Array): void
}
declare module 'graphology-layout-forceatlas2/defaults' {
  const defaults: object
  export default defaults
}
