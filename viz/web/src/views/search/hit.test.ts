import { expect, test } from 'vitest'
import { cut } from '@/parts/marking'
import { marksOf, type Hit } from './hit'

const hit = {
  marks: [
    { field: 'label', start: 3, end: 5, reason: 'pinyin' },
    { field: 'text', start: 0, end: 2, reason: 'word' },
  ],
} as Hit

test('a field has its own marks only, and they cut its text by characters', () => {
  const pieces = cut('澄湖区财政局', marksOf(hit, 'label'))
  expect(pieces.map((piece) => [piece.text, piece.marks.length])).toEqual([
    ['澄湖区', 0],
    ['财政', 1],
    ['局', 0],
  ])
  expect(marksOf(hit, 'beside')).toEqual([])
})
