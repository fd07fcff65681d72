/** The drawing as SVG: what stands on the canvas, with real text. */
import type { Core, EdgeSingular, NodeSingular } from 'cytoscape'
import { colourOf, shapeOf } from '@/palette'
import { FONT, escaped } from './folding'
import { WAY, inks } from './looks'
import { toSvgShape } from './shapes'

const MARGIN = 30
const LINE = 15
const round = (value: number): string => value.toFixed(1).replace(/\.0$/, '')

/** A picture of the whole graph. */
export function toSvg(graph: Core): Blob {
  const { ink, paper, line } = inks()
  const box = graph.elements().boundingBox()
  const [x, y, width, height] = [box.x1 - MARGIN, box.y1 - MARGIN, box.w + 2 * MARGIN, box.h + 2 * MARGIN].map(round)
  const arrow = (id: string, colour: string): string =>
    `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="${colour}"/></marker>`
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-family="${escaped(FONT)}" font-size="12" text-anchor="middle" fill="${ink}"><defs>${arrow('plain', line)}${arrow('way', WAY)}</defs><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${paper}"/>${graph
    .edges()
    .map((edge) => toLine(edge, line))
    .join('')}${graph.nodes().map(toMark).join('')}</svg>`
  return new Blob([text], { type: 'image/svg+xml' })
}

function toLine(edge: EdgeSingular, colour: string): string {
  const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()]
  const way = edge.hasClass('way')
  const name = escaped(String(edge.data('label')))
  const words = way ? `<text x="${round((from.x + to.x) / 2)}" y="${round((from.y + to.y) / 2)}">${name}</text>` : ''
  return `<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}" stroke="${way ? WAY : colour}" stroke-width="${way ? 2.2 : 1.2}" marker-end="url(#${way ? 'way' : 'plain'})"><title>${name}</title></line>${words}`
}

function toMark(node: NodeSingular): string {
  const { x, y } = node.position()
  const lines = String(node.data('label')).split('\n')
  if (node.data('heading'))
    return `<text x="${round(x)}" y="${round(y)}" font-size="22" font-weight="bold">${escaped(lines[0] ?? '')}</text>`
  const words = lines.map((one, at) => `<tspan x="${round(x)}" dy="${at ? LINE : 0}">${escaped(one)}</tspan>`).join('')
  const kind = node.data('kind') as string
  const mark = toSvgShape(shapeOf(kind), x, y, node.width() / 2, `fill="${colourOf(kind)}"`)
  return `${mark}<text x="${round(x)}" y="${round(y + node.height() / 2 + LINE)}">${words}</text>`
}
