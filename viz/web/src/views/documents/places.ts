/** Where something stands, in the language of the page. The store keeps it in Chinese: 第3页 表1 第2行 第4列. */
const TOLD: [RegExp, string][] = [
  [/工作表“([^”]*)”/g, 'sheet “$1”'],
  [/第(\d+)页/g, 'page $1'],
  [/表(\d+)/g, 'table $1'],
  [/第(\d+)段/g, 'paragraph $1'],
  [/第(\d+)行(?=\s+第\d+列)/g, 'row $1'],
  [/第(\d+)行/g, 'line $1'],
  [/第(\d+)列/g, 'column $1'],
]

export const inEnglish = (place: string): string => TOLD.reduce((text, [chinese, english]) => text.replace(chinese, english), place) // prettier-ignore
