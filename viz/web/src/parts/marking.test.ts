import { expect, test } from 'vitest'
import { cut } from './marking'

const mark = (start: number, end: number, kind: string) => ({ start, end, kind })
const told = (text: string, marks: ReturnType<typeof mark>[], offset = 0) =>
  cut(text, marks, offset).map((piece) => [piece.text, piece.marks.map((one) => one.kind).join('+')])

test.each([
  ['no marks', '区财政局', [], 0, [['区财政局', '']]],
  [
    'one mark',
    '由区财政局牵头',
    [mark(1, 5, 'unit')],
    0,
    [
      ['由', ''],
      ['区财政局', 'unit'],
      ['牵头', ''],
    ],
  ],
  [
    'one within another',
    '由区财政局牵头',
    [mark(1, 5, 'unit'), mark(0, 7, 'task')],
    0,
    [
      ['由', 'task'],
      ['区财政局', 'task+unit'],
      ['牵头', 'task'],
    ],
  ],
  [
    'two that overlap',
    'abcdef',
    [mark(0, 4, 'a'), mark(2, 6, 'b')],
    0,
    [
      ['ab', 'a'],
      ['cd', 'a+b'],
      ['ef', 'b'],
    ],
  ],
  [
    'a part of a longer text',
    'cdef',
    [mark(0, 4, 'a')],
    2,
    [
      ['cd', 'a'],
      ['ef', ''],
    ],
  ],
  [
    'characters beyond the first plane count as one',
    '𠮷区局',
    [mark(1, 3, 'unit')],
    0,
    [
      ['𠮷', ''],
      ['区局', 'unit'],
    ],
  ],
  ['an empty mark is none', 'ab', [mark(1, 1, 'x')], 0, [['ab', '']]],
])('a text is cut at its marks: %s', (_, text, marks, offset, found) => expect(told(text, marks, offset)).toEqual(found))
