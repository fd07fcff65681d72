import { expect, test } from 'vitest'
import table from '../../../../kinds.json'
import { outline, shapeNamed, toSvgShape } from './shapes'

const NAMES = ['square', 'dot', 'hexagon', 'diamond', 'triangle', 'triangleDown', 'star']
const area = (points: [number, number][]): number =>
  Math.abs(points.reduce((sum, [x, y], at) => sum + x * (points[(at + 1) % points.length]?.[1] ?? 0) - y * (points[(at + 1) % points.length]?.[0] ?? 0), 0)) / 2 // prettier-ignore
const top = (name: string): number => {
  const heights = outline(shapeNamed(name), 0, 0, 10).map(([, y]) => y)
  return heights.filter((y) => Math.abs(y - Math.min(...heights)) < 1e-9).length
}

test.each(NAMES.filter((name) => name !== 'dot'))('a shape is as large as a circle of its radius: %s', (name) => {
  expect(area(outline(shapeNamed(name), 3, 4, 10))).toBeCloseTo(Math.PI * 100)
})

test('shapes of other names have other outlines; what is not known is a circle', () => {
  const drawn = NAMES.map((name) => toSvgShape(name, 0, 0, 10, ''))
  expect(new Set(drawn).size).toBe(NAMES.length)
  expect(toSvgShape('anything', 0, 0, 10, '')).toBe(toSvgShape('dot', 0, 0, 10, ''))
})

test.each([['square', 2], ['diamond', 1], ['hexagon', 2], ['triangle', 1], ['triangleDown', 2], ['star', 1]] as const)('%s lies or stands as drawings have it', (name, corners) => {
  expect(top(name)).toBe(corners)
}) // prettier-ignore

test.each(Object.entries(table.kinds))('a kind is drawn here as on the pages of `zhengpu graph`: %s', (_, { shape }) => {
  expect(NAMES).toContain(shape)
})
