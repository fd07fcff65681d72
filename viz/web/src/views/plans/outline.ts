/** The tasks of a plan under its headings, as they are printed: a heading of a higher level stands once, before the first of those below it. */
export interface Section {
  iri: string
  label: string
  parent: string
}

interface Under {
  iri: string
  section: { iri: string; label: string } | null
}

export interface Stretch<T> {
  headings: { iri: string; label: string; level: number }[]
  tasks: T[]
}

/** The stretches of tasks that stand under one heading each, with the headings that are new before them. */
export function toOutline<T extends Under>(tasks: readonly T[], sections: readonly Section[]): Stretch<T>[] {
  const known = new Map(sections.map((one) => [one.iri, one]))
  const found: Stretch<T>[] = []
  let open: string[] = []
  let last: string | undefined
  for (const task of tasks) {
    const own = task.section?.iri ?? ''
    if (own !== last || !found.length) {
      const way = chainOf(own, known)
      const shared = way.findIndex((iri, at) => open[at] !== iri)
      const from = shared < 0 ? way.length : shared
      const headings = way.slice(from).map((iri, at) => ({
        iri,
        label: known.get(iri)?.label || (iri === own ? (task.section?.label ?? '') : ''),
        level: from + at,
      }))
      found.push({ headings: headings.filter((one) => one.label), tasks: [] })
      open = way
      last = own
    }
    found.at(-1)?.tasks.push(task)
  }
  return found
}

/** A section and those around it, the outermost first. */
function chainOf(section: string, known: ReadonlyMap<string, Section>): string[] {
  const way: string[] = []
  for (let iri = section; iri && !way.includes(iri); iri = known.get(iri)?.parent ?? '') {
    if (iri !== section && !known.has(iri)) break // the plan itself
    way.unshift(iri)
  }
  return way
}
