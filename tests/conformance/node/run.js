// node run.js: reads from standard input what to run, as JSON, and writes a line of JSON for each test.
// { base, folder, suites: { name: manifest }, stores: { name: { url, token } or { command } } }
'use strict'

const { TestSuiteRunner, Util } = require('rdf-test-suite')
const engine = require('./engine')

const LIMIT = 60_000 // milliseconds a test may take
Util.extensionToContentType.rdf = 'application/rdf+xml' // the files come without the headers of a server

async function runSuite(told, store, suite, manifest) {
  const results = await new TestSuiteRunner().runManifest(told.base + manifest, engine, {
    customEngingeOptions: {}, // as the package spells it
    timeOutDuration: LIMIT,
    urlToFileMapping: `${told.base}~${told.folder}`,
  })
  for (const { test, ok, skipped, error } of results) {
    const said = ok ? '' : String(error?.message ?? error)
    console.log(JSON.stringify({ store, suite, test: test.uri, ok, skipped: Boolean(skipped), said }))
  }
}

async function run() {
  const told = JSON.parse(require('node:fs').readFileSync(0, 'utf-8'))
  for (const [store, how] of Object.entries(told.stores)) {
    await engine.open(how)
    for (const [suite, manifest] of Object.entries(told.suites)) await runSuite(told, store, suite, manifest)
    await engine.close()
  }
}

run().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
