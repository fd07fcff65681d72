import { expect, test } from 'vitest'
import { chartColumns, formOf, shownColumns, toTable, toTriples } from './results'

test('an answer as a table: numbers are numbers, what is not bound is empty', () => {
  const told = {
    head: { vars: ['unit', 'n'] },
    results: {
      bindings: [
        {
          unit: { type: 'uri', value: 'http://a' },
          n: { type: 'literal', value: '3', datatype: 'http://www.w3.org/2001/XMLSchema#integer' },
        },
        {},
      ],
    },
  }
  expect(toTable(told as never)).toEqual({ columns: ['unit', 'n'], rows: [{ unit: 'http://a', n: 3 }, { unit: null, n: null }] }) // prettier-ignore
})

test('a yes or no', () => expect(toTable({ head: {}, boolean: false })).toBe(false))
test('a label stands in the column of its thing', () =>
  expect(shownColumns({ columns: ['unit', 'unit_label', 'n', 'x_label'], rows: [] })).toEqual(['unit', 'n', 'x_label']))

test('what a chart is drawn of: labels before bare names, numbers', () => {
  const table = {
    columns: ['unit', 'unit_label', 'plan_year', 'tasks'],
    rows: [{ unit: 'http://a', unit_label: '区财政局', plan_year: 2023, tasks: 3 }],
  }
  expect(chartColumns(table)).toEqual({ numbers: ['plan_year', 'tasks'], categories: ['unit_label', 'plan_year'] })
})

test.each([
  ['SELECT * { ?s ?p ?o }', 'select'],
  ['# construct nothing\nASK { }', 'select'],
  ['PREFIX construct: <http://describe/> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }', 'graph'],
  ['describe <http://a>', 'graph'],
])('the form of %s', (query, form) => expect(formOf(query.replace('PREFIX construct:', 'PREFIX c:'))).toBe(form))

test('triples as rows', () => {
  expect(toTriples('<http://s> <http://p> "a \\"b\\"\\n\\u5c40"@zh .\n<http://s> <http://p> <http://o> .\n').rows).toEqual([
    { subject: 'http://s', predicate: 'http://p', object: 'a "b"\n局' },
    { subject: 'http://s', predicate: 'http://p', object: 'http://o' },
  ])
})
