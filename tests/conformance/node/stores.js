// The stores that are compared: a server of the SPARQL Protocol, and pyoxigraph alone behind a pipe.
'use strict'

const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { createInterface } = require('node:readline')

/** The text is no SPARQL. */
class NotSparql extends Error {}

const openStore = (told) => (told.url ? overHttp(told) : overPipe(told))

function overHttp({ url, token }) {
  const ask = async (type, text, accept) => {
    const headers = { 'Content-Type': type, Accept: accept, Authorization: `Bearer ${token}` }
    const answer = await fetch(url, { method: 'POST', headers, body: text })
    const body = await answer.text()
    if (answer.ok) return { media: answer.headers.get('Content-Type') ?? '', body }
    const problem = JSON.parse(body)
    throw new (problem.type.endsWith('/syntax') ? NotSparql : Error)(`${answer.status} ${problem.detail}`)
  }
  return {
    query: (text, media) => ask('application/sparql-query', text, `${media}, application/n-triples;q=0.5`),
    update: (text) => ask('application/sparql-update', text, '*/*'),
    close: () => {},
  }
}

function overPipe({ command }) {
  const [program, ...rest] = command
  const process = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]()
  const ask = async (question) => {
    process.stdin.write(`${JSON.stringify(question)}\n`)
    const { value, done } = await lines.next()
    if (done) throw new Error('pyoxigraph has ended')
    const answer = JSON.parse(value)
    if (answer.error !== undefined) throw new (answer.syntax ? NotSparql : Error)(answer.error)
    return answer
  }
  return {
    query: (query, media) => ask({ query, media }),
    update: (update) => ask({ update }),
    close: async () => {
      process.stdin.end()
      await once(process, 'exit')
    },
  }
}

module.exports = { NotSparql, openStore }
