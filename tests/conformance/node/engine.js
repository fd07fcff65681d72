// What rdf-test-suite asks of a SPARQL engine, told in the two operations that a store has: a query and an update.
'use strict'

const { Readable } = require('node:stream')
const { DataFactory, Writer } = require('n3')
const { TestCaseQueryEvaluationHandler } = require('rdf-test-suite')
const { NotSparql, openStore } = require('./stores')

const JSON_ROWS = 'application/sparql-results+json'
const TSV_ROWS = 'text/tab-separated-values'
const ALL = 'SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }'

let store
let held // what the store holds for sure, as the text of the update that filled it

/** Makes the store hold these quads and nothing else. */
async function fill(quads) {
  const text = `DROP ALL ; ${inserting(quads)}`
  if (text === held) return
  held = undefined
  await store.update(text)
  held = text
}

function inserting(quads) {
  const writer = new Writer({ format: 'N-Triples' })
  const graphs = new Map()
  for (const { subject, predicate, object, graph } of quads) {
    const line = writer.quadToString(subject, predicate, object)
    graphs.set(graph.value, (graphs.get(graph.value) ?? '') + line)
  }
  const blocks = [...graphs].map(([name, lines]) => (name ? `GRAPH <${name}> {\n${lines}}` : lines))
  return `INSERT DATA {\n${blocks.join('\n')}}`
}

/** The text with what its relative IRIs stand for. */
const based = (text, iri) => `BASE <${iri}> ${text}`

const read = ({ media, body }) => TestCaseQueryEvaluationHandler.parseQueryResult(media, '', Readable.from([body]))

async function contents() {
  const { value } = await read(await store.query(ALL, JSON_ROWS))
  return value.map((row) => DataFactory.quad(row['?s'], row['?p'], row['?o'], row['?g'] ?? DataFactory.defaultGraph()))
}

module.exports = {
  async open(told) {
    store = await openStore(told)
    held = undefined
  },

  close: () => store.close(),

  /** Fails where the store says that the text is no SPARQL; what happens when it is run does not count. */
  async parse(text, { baseIRI }) {
    try {
      if (baseIRI.endsWith('.ru')) {
        held = undefined
        await store.update(based(text, baseIRI))
      } else {
        await store.query(based(text, baseIRI), JSON_ROWS)
      }
    } catch (error) {
      if (error instanceof NotSparql) throw error
    }
  },

  async query(data, text, { baseIRI }) {
    await fill(data)
    return read(await store.query(based(text, baseIRI), baseIRI.includes('/csv-tsv-res/') ? TSV_ROWS : JSON_ROWS))
  },

  async queryResultFormat(data, text, media, { baseIRI }) {
    await fill(data)
    const answer = await store.query(based(text, baseIRI), media)
    return Readable.from([answer.body])
  },

  async update(data, text, { baseIRI }) {
    await fill(data)
    held = undefined
    await store.update(based(text, baseIRI))
    return contents()
  },
}
