import { expect, test } from 'vitest'
import { closing, empty, fromParams, opening, removing, toParams, type State } from './state'

const PLAN = 'https://w3id.org/zhengpu/id/plan/990100/2023/云政办发〔2023〕14号/3f5f'
const UNIT = 'https://w3id.org/zhengpu/id/unit/990102/ae26'
const state = (some: Partial<State>): State => ({ ...empty(), ...some })

test.each([
  ['nothing', state({})],
  ['where it began', state({ starts: [PLAN, UNIT] })],
  ['what was closed again', state({ starts: [UNIT], begun: true })],
  [
    'what was opened',
    state({
      starts: [UNIT],
      begun: true,
      opened: [
        { node: UNIT, relation: 'lead:in', count: 50 },
        { node: PLAN, relation: '', count: 150 },
      ],
    }),
  ],
  [
    'pins, layout, hidden kinds, a path',
    state({ starts: [UNIT], pins: { [UNIT]: [12, -40] }, layout: 'grid', hidden: ['Task', 'Section'], path: [UNIT, PLAN] }),
  ],
  ['what was taken off', state({ starts: [UNIT], removed: [PLAN] })],
  ['things of others', state({ starts: ['http://example.org/a?b=c#d'] })],
])('an address gives the state back: %s', (_, one) => expect(fromParams(toParams(one))).toEqual(one))

test('an address is short', () => {
  const twice = opening(opening(opening(state({ starts: [UNIT] }), UNIT, 'lead:in'), UNIT, 'place:out'), UNIT, 'lead:in')
  expect(toParams(twice)).toMatchObject({ node: '/id/unit/990102/ae26', open: '~0^lead:in*100^place:out' })
})

test('opened again, it shows fifty more', () => {
  const twice = opening(opening(state({ starts: [UNIT] }), UNIT, 'lead:in'), UNIT, 'lead:in')
  expect(twice.opened).toEqual([{ node: UNIT, relation: 'lead:in', count: 100 }])
})

test('closed, a node keeps its place', () =>
  expect(closing(opening(state({ starts: [UNIT] }), UNIT, ''), UNIT)).toEqual(state({ starts: [UNIT], begun: true })))

test('taken off, a node is no start and no pin', () => {
  expect(removing(state({ starts: [UNIT], pins: { [UNIT]: [1, 2] } }), UNIT)).toEqual(state({ removed: [UNIT] }))
})

test.each([
  ['a pin without a place', { pin: '/id/unit/1^x^y' }, 'pins', {}],
  ['a layout that is not there', { layout: 'spiral' }, 'layout', 'force'],
  ['an opened start that is not there', { node: '/id/unit/1', open: '~7^lead:in' }, 'opened', []],
  ['half a path', { path: '/id/unit/1' }, 'path', null],
] as const)('what is not understood is left out: %s', (_, params, name, found) => expect(fromParams(params)[name]).toEqual(found))
