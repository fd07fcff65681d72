/** What can be taken along of a graph. */
import type { Core } from 'cytoscape'
import { t } from '@/language'
import type { Export } from '@/parts/ExportMenu.vue'
import { tables } from '@/saving'
import { exchanges, type Drawn } from './exchange'
import { kindOf, type Gathered } from './merging'
import { toSvg } from './svg'

export function exportsOf(
  found: Gathered,
  nameOf: (relation: string) => string,
  drawing: () => { graph: () => Core; png: () => Promise<Blob> },
): Export[] {
  if (!found.nodes.size) return []
  const name = t('graph.title')
  const labelOf = (iri: string): string => found.nodes.get(iri)?.label ?? iri
  const rows = (): string[][] =>
    [...found.edges.values()].map((one) => [
      labelOf(one.source),
      nameOf(one.relation),
      labelOf(one.target),
      one.source,
      one.relation,
      one.target,
    ])
  const head = ['from', 'relation', 'to'].map((one) => t(`graph.columns.${one}`))
  const drawn = (): Drawn => {
    const graph = drawing().graph()
    return {
      title: name,
      nodes: [...found.nodes.values()].map((node) => ({ ...node, kind: kindOf(node) })),
      edges: [...found.edges.values()],
      names: found.names,
      placeOf: (iri) => graph.getElementById(iri).position(),
    }
  }
  const whole = (): object => ({ nodes: [...found.nodes.values()], edges: [...found.edges.values()] })
  return [
    { form: 'png', name, make: () => drawing().png() },
    { form: 'svg', name, make: () => toSvg(drawing().graph()) },
    ...exchanges(name, drawn),
    ...tables(name, [...head, 'source', 'property', 'target'], rows),
    { form: 'json', name, make: () => new Blob([JSON.stringify(whole(), null, 1)], { type: 'application/json' }) },
  ]
}
