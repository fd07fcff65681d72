/** How nodes and edges are drawn: by kind, with labels that can be read. */
import type { ElementDefinition, NodeSingular, StylesheetJson } from 'cytoscape'
import { colourOf, shapeOf } from '@/palette'
import { dark } from '@/theme'
import { FONT, folded } from './folding'
import { ALWAYS } from './labels'
import { kindOf, type Gathered, type Node } from './merging'

export interface Box {
  x1: number
  y1: number
  x2: number
  y2: number
}
export interface Place {
  id: string
  kind: string
  x: number
  y: number
}

export const WAY = '#c06f00' // what is chosen, and the path
const HUB = 15 // neighbours from which on a node is always named
const FEW = 30
const NAMED = 12 // edges of a chosen node that are named; of more the one under the pointer is

export const inks = (): { ink: string; paper: string; line: string } =>
  dark.value ? { ink: '#e6e9ed', paper: '#14171b', line: '#59636f' } : { ink: '#1b1f24', paper: '#ffffff', line: '#aab3bd' }

const nameOf = (node: Node): string => (node.number && node.kind === 'Task' ? `${node.number} ${node.label}` : node.label)

/** The elements of a graph. `names` says what a relation is called. */
export function toElements(found: Gathered, names: (relation: string) => string): ElementDefinition[] {
  const onWay = new Set(found.way?.found ? found.way.nodes.map((node) => node.iri) : [])
  const steps = new Set(found.way?.found ? found.way.edges.map((edge) => `${edge.source} ${edge.relation} ${edge.target}`) : [])
  return [
    ...[...found.nodes.values()].map((node) => ({
      group: 'nodes' as const,
      data: {
        id: node.iri,
        kind: kindOf(node),
        label: folded(nameOf(node)),
        brief: folded(nameOf(node), 9, 1),
        whole: folded(nameOf(node), 16, 5),
      },
      classes: onWay.has(node.iri) ? 'way' : '',
    })),
    ...[...found.edges].map(([id, edge]) => ({
      group: 'edges' as const,
      data: { id, source: edge.source, target: edge.target, label: names(edge.relation) },
      classes: steps.has(id) ? 'way named' : '',
    })),
  ]
}

/** A shape by the name that Cytoscape has for it. */
const drawnAs = (kind: string): string => CYTOSCAPE[shapeOf(kind)] ?? shapeOf(kind)
const CYTOSCAPE: Record<string, string> = { dot: 'ellipse', square: 'round-rectangle', triangleDown: 'polygon' }
const DOWN = '-1 -1 1 -1 0 1' // of a polygon

export function style(): StylesheetJson {
  const { ink, paper, line } = inks()
  const by = (look: (kind: string) => string) => ((node: NodeSingular) => look(node.data('kind') as string)) as never
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)', 'text-wrap': 'wrap', 'font-size': 13, 'font-family': FONT, color: ink, 'text-valign': 'bottom', 'text-margin-y': 4,
        'text-background-color': paper, 'text-background-opacity': 0.8, 'text-background-padding': '1px',
        width: 22, height: 22, 'border-width': 1.5, 'border-color': paper, 'background-color': by(colourOf), shape: by(drawnAs), 'shape-polygon-points': DOWN,
      },
    },
    { selector: 'node[kind = "Plan"], node[kind = "Unit"], node[kind = "UnitGroup"], node[kind = "Instrument"]', style: { width: 30, height: 30 } },
    { selector: 'edge', style: { width: 1.2, 'line-color': line, 'target-arrow-color': line, 'target-arrow-shape': 'triangle', 'arrow-scale': 0.8, 'curve-style': 'bezier' } },
    { selector: 'edge.near', style: { 'line-color': WAY, 'target-arrow-color': WAY, 'line-opacity': 0.45, 'z-index': 4 } },
    { selector: 'edge.near.few, edge.way', style: { width: 2.2, 'line-opacity': 1, 'line-color': WAY, 'target-arrow-color': WAY, 'z-index': 5 } },
    { selector: 'edge.named', style: { label: 'data(label)', 'font-size': 12, 'font-family': FONT, color: ink, 'text-background-color': paper, 'text-background-opacity': 0.9, 'text-background-padding': '1px', 'z-index': 6 } },
    { selector: 'node.brief', style: { label: 'data(brief)' } },
    { selector: 'node.mute', style: { label: '' } },
    { selector: 'node.way', style: { 'border-color': WAY, 'border-width': 4 } },
    { selector: 'node.pinned', style: { 'border-style': 'double', 'border-width': 5, 'border-color': ink } },
    { selector: 'node:selected', style: { 'border-color': WAY, 'border-width': 4, 'font-weight': 'bold', 'z-index': 9 } },
    { selector: 'node.over', style: { label: 'data(whole)', 'text-background-opacity': 1, 'z-index': 10 } },
    { selector: 'node.heading', style: { 'background-opacity': 0, 'border-width': 0, 'font-size': 22, 'font-weight': 'bold', 'text-valign': 'center', 'text-margin-y': 0, events: 'no' } },
  ] // prettier-ignore
}

/** How the edges of a chosen node are marked: a few with their names, many only by their colour. */
export const nearness = (edges: number): string => (edges <= NAMED ? 'near few named' : edges <= FEW ? 'near few' : 'near')

/** Who gets its label first where there is no room for all. */
export const rankOf = (node: NodeSingular): number =>
  (node.selected() || node.hasClass('way') || node.hasClass('pinned') || node.degree(false) >= HUB ? ALWAYS : 0) +
  (node.data('kind') === 'Task' ? 0 : 5) +
  Math.min(node.degree(false), 100)
