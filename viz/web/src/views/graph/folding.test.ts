import { expect, test } from 'vitest'
import { folded } from './folding'

test.each([
  ['short', '区财政局', '区财政局'],
  ['two lines', '澄湖区发展和改革委员会', '澄湖区发展和改革委\n员会'],
  ['too long', '国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见', '国务院办公厅关于全\n面推进基层政务公…'],
  ['just fits', '一二三四五六七八九十一二三四五六七八', '一二三四五六七八九\n十一二三四五六七八'],
  ['Latin letters are narrow', 'abcdefghijklmnop', 'abcdefghijklmnop'],
  ['outside the first plane', '𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', '𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷\n𠮷'],
  ['nothing', '', ''],
])('%s', (_, label, lines) => expect(folded(label)).toBe(lines))
