// node comunica.js: asks an endpoint as Comunica does, and prints a line of JSON for each step.
// Reads from standard input: { url, steps: [{ read: query } or { write: update, token }] }
'use strict'

const { QueryEngine } = require('@comunica/query-sparql')

function sending(token) {
  return (address, init = {}) => {
    const headers = new Headers(init.headers)
    if (token) headers.set('Authorization', `Bearer ${token}`)
    return fetch(address, { ...init, headers })
  }
}

async function take(engine, url, { read, write, token }) {
  const source = { type: 'sparql', value: url }
  const context = { sources: [source], fetch: sending(token) }
  if (write) {
    await engine.queryVoid(write, { ...context, destination: source })
    return 'done'
  }
  const rows = await (await engine.queryBindings(read, context)).toArray()
  return rows.map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])))
}

async function run() {
  const { url, steps } = JSON.parse(require('node:fs').readFileSync(0, 'utf-8'))
  const engine = new QueryEngine()
  for (const step of steps) {
    const answer = await take(engine, url, step).catch((error) => ({ error: error.message }))
    console.log(JSON.stringify(answer))
    await engine.invalidateHttpCache()
  }
}

run()
