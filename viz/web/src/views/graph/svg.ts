/** The drawing as SVG: what stands on the canvas, with real text. */
import type { Core } from 'cytoscape'
import { colourOf } from '@/palette'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`)
const MARGIN = 60

/** A picture of the whole graph. */
export function toSvg(graph: Core, ink: string, paper: string): Blob {
  const box = graph.elements().boundingBox()
  const [x, y, width, height] = [box.x1 - MARGIN, box.y1 - MARGIN, box.w + 2 * MARGIN, box.h + 2 * MARGIN]
  const edges = graph.edges().map((edge) => {
    const [from, to] = [edge.source().position(), edge.target().position()]
    return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke="${edge.hasClass('way') ? '#d98200' : '#aab3bd'}"><title>${escaped(edge.data('label'))}</title></line>`
  })
  const nodes = graph.nodes().map((node) => {
    const at = node.position()
    const lines = String(node.data('label')).split('\n')
    const words = lines.map((line, index) => `<tspan x="${at.x}" dy="${index ? 14 : 0}">${escaped(line)}</tspan>`).join('')
    return `${shape(node.style('shape'), at.x, at.y, node.width() / 2, colourOf(node.data('kind')))}<text x="${at.x}" y="${at.y + node.height() / 2 + 15}">${words}</text>`
  })
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif" font-size="12" text-anchor="middle" fill="${ink}"><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${paper}"/>${edges.join('')}${nodes.join('')}</svg>`
  return new Blob([text], { type: 'image/svg+xml' })
}

const CORNERS: Record<string, number> = { hexagon: 6, octagon: 8, pentagon: 5, diamond: 4, rhomboid: 4 }

function shape(name: string, x: number, y: number, r: number, colour: string): string {
  const corners = CORNERS[name]
  if (corners) {
    const points = Array.from(
      { length: corners },
      (_, at) => `${x + r * Math.sin((2 * Math.PI * at) / corners)},${y - r * Math.cos((2 * Math.PI * at) / corners)}`,
    )
    return `<polygon points="${points.join(' ')}" fill="${colour}"/>`
  }
  return name.includes('rectangle') || name === 'tag'
    ? `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" rx="4" fill="${colour}"/>`
    : `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour}"/>`
}
