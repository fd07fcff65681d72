/** A graph for other programs, with what `zhengpu graph --format` writes: GraphML for yEd and many more, GEXF for Gephi with places and colours. */
import { colourOf, kindsIn } from '@/palette'
import type { Export } from '@/parts/ExportMenu.vue'
import { escaped } from './folding'
import type { Edge, Names } from './merging'
import type { Point } from './layouts'

export interface Told {
  iri: string
  kind: string
  label: string
  year?: number | null
  number?: string | null
  place?: string | null
}
export interface Drawn {
  title: string
  nodes: readonly Told[]
  edges: readonly Edge[]
  names: Names
  placeOf: (iri: string) => Point | undefined
}
type Values = Record<string, string | number | null | undefined>

const OF_NODES = ['label', 'kind', 'kind_zh', 'iri', 'number', 'year', 'place']
const OF_EDGES = ['relation', 'label', 'label_en']
const typeOf = (name: string): string => (name === 'year' ? 'int' : 'string')

const ofNode = ({ iri, kind, label, number, year, place }: Told): Values => {
  return { label, kind, kind_zh: kindsIn('zh')[kind] ?? kind, iri, number, year, place }
}
const ofEdge = (relation: string, names: Names): Values => {
  return { relation, label: names[relation]?.zh ?? relation, label_en: names[relation]?.en ?? relation }
}

/** The values of one node or edge, each as `written` by the name that the file declares for it; what it has not is left out. */
const values = (known: readonly string[], told: Values, written: (name: string, value: string) => string): string =>
  known.map((name) => (told[name] === null || told[name] === undefined ? '' : written(name, escaped(String(told[name]))))).join('')

/** The two files, of what is shown when one is taken. */
export function exchanges(name: string, drawn: () => Drawn): Export[] {
  return [
    { form: 'graphml', name, make: () => new Blob([toGraphml(drawn())], { type: 'application/xml' }) },
    { form: 'gexf', name, make: () => new Blob([toGexf(drawn())], { type: 'application/xml' }) },
  ]
}

export function toGraphml({ title, nodes, edges, names }: Drawn): string {
  const key = (of: 'node' | 'edge') => (name: string) =>
    `<key id="${of}_${name}" for="${of}" attr.name="${name}" attr.type="${typeOf(name)}"/>`
  const data = (of: 'node' | 'edge') => (name: string, value: string) => `<data key="${of}_${name}">${value}</data>`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...OF_NODES.map(key('node')),
    ...OF_EDGES.map(key('edge')),
    `<graph id="${escaped(title)}" edgedefault="directed">`,
    ...nodes.map((node) => `<node id="${escaped(node.iri)}">${values(OF_NODES, ofNode(node), data('node'))}</node>`),
    ...edges.map(
      ({ source, target, relation }, at) =>
        `<edge id="e${at}" source="${escaped(source)}" target="${escaped(target)}">${values(OF_EDGES, ofEdge(relation, names), data('edge'))}</edge>`,
    ),
    '</graph></graphml>\n',
  ].join('\n')
}

export function toGexf({ title, nodes, edges, names, placeOf }: Drawn): string {
  const attributes = (of: string, known: readonly string[]): string =>
    `<attributes class="${of}" mode="static">${known.map((name) => `<attribute id="${of}_${name}" title="${name}" type="${typeOf(name).replace('int', 'integer')}"/>`).join('')}</attributes>`
  const said = (of: string, known: readonly string[], told: Values): string =>
    `<attvalues>${values(known, told, (name, value) => `<attvalue for="${of}_${name}" value="${value}"/>`)}</attvalues>`
  const look = ({ iri, kind }: Told): string => {
    const [place, [r, g, b]] = [placeOf(iri), [1, 3, 5].map((at) => parseInt(colourOf(kind).slice(at, at + 2), 16))]
    const position = place ? `<viz:position x="${place.x.toFixed(2)}" y="${(-place.y).toFixed(2)}" z="0"/>` : '' // there y grows upwards
    return `<viz:color r="${r}" g="${g}" b="${b}"/>${position}`
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">',
    `<meta><description>${escaped(title)}</description></meta>`,
    '<graph mode="static" defaultedgetype="directed">',
    attributes('node', OF_NODES.slice(1)),
    attributes('edge', OF_EDGES),
    '<nodes>',
    ...nodes.map(
      (node) =>
        `<node id="${escaped(node.iri)}" label="${escaped(node.label)}">${said('node', OF_NODES.slice(1), ofNode(node))}${look(node)}</node>`,
    ),
    '</nodes>',
    '<edges>',
    ...edges.map(
      ({ source, target, relation }, at) =>
        `<edge id="e${at}" source="${escaped(source)}" target="${escaped(target)}" label="${escaped(String(ofEdge(relation, names).label))}">${said('edge', OF_EDGES, ofEdge(relation, names))}</edge>`,
    ),
    '</edges>',
    '</graph></gexf>\n',
  ].join('\n')
}
