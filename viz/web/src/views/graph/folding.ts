/** Labels in lines. Chinese has no spaces to break at, so a line is so many characters wide; two Latin ones count as one. */
const wide = (letter: string): number => ((letter.codePointAt(0) ?? 0) < 0x2000 ? 0.55 : 1)

/** A label in at most `most` lines; what does not fit ends in …. */
export function folded(label: string, line = 9, most = 2): string {
  const lines: string[] = []
  let [now, width] = ['', 0]
  for (const letter of label.replace(/\s+/g, ' ').trim()) {
    if (width + wide(letter) > line) {
      lines.push(now)
      ;[now, width] = ['', 0]
      if (lines.length === most) return cut(lines)
    }
    now += letter
    width += wide(letter)
  }
  return [...lines, now].filter(Boolean).join('\n')
}

function cut(lines: string[]): string {
  const last = Array.from(lines.at(-1) ?? '').slice(0, -1).join('') // prettier-ignore
  return [...lines.slice(0, -1), `${last}…`].join('\n')
}

export const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

/** Text as it stands in XML, in an attribute too; what XML cannot hold goes. */
export const escaped = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '')
    .replace(/[&<>"'\t\r\n]/g, (one) => `&#${one.codePointAt(0)};`)
