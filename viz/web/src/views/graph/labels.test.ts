import { expect, test } from 'vitest'
import { readable } from './labels'

const at = (id: string, x: number, y: number, rank = 0) => ({ id, x, y, rank, r: 8, lines: 2 })

test.each([
  ['side by side', [at('a', 0, 0), at('b', 120, 0)], { a: 2, b: 2 }],
  ['one under the other', [at('a', 0, 0), at('b', 0, 60)], { a: 2, b: 2 }],
  ['only one line between two rows', [at('a', 0, 0), at('b', 0, 36)], { a: 1, b: 2 }],
  ['no label on another', [at('a', 0, 0), at('b', 70, 0)], { a: 2 }],
  ['no label on a node', [at('a', 0, 0, 9), at('b', 20, 20)], { b: 2 }],
  ['the more important one first', [at('a', 0, 0), at('b', 70, 0, 5)], { b: 2 }],
  ['what is chosen always', [at('a', 0, 0, 1000), at('b', 20, 20)], { a: 2 }],
  ['across the borders of cells', [at('a', 115, 115), at('b', 117, 117, 1)], { b: 2 }],
])('%s', (_, nodes, found) => expect(Object.fromEntries(readable(nodes))).toEqual(found))
