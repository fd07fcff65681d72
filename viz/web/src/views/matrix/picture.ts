/** The matrix as a picture that stands by itself. */

const [CELL, LEFT, TOP, SIZE] = [34, 220, 230, 13]
const HEAT = { light: [134, 184, 226], dark: [47, 99, 148] } as const
const GROUND = { light: [255, 255, 255], dark: [20, 23, 27] } as const

/** A label that fits: cut with a sign. */
export const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** A table of numbers as an SVG, the more the deeper, with its heads. */
export function draw(rows: readonly string[], columns: readonly string[], numbers: readonly (readonly number[])[], dark: boolean): { svg: Blob; width: number; height: number } {
  const [width, height] = [LEFT + columns.length * CELL + 10, TOP + rows.length * CELL + 10]
  const ink = dark ? '#e6e9ed' : '#1b1f24'
  const most = Math.max(1, ...numbers.flat())
  const heads = columns.map((label, at) => `<text transform="translate(${LEFT + at * CELL + CELL / 2 + 4} ${TOP - 8}) rotate(-90)">${safe(short(label, 16))}</text>`)
  const sides = rows.map((label, at) => `<text x="${LEFT - 8}" y="${TOP + at * CELL + CELL / 2 + 4}" text-anchor="end">${safe(short(label, 16))}</text>`)
  const cells = numbers.flatMap((line, row) => line.map((number, column) => {
    const [x, y] = [LEFT + column * CELL, TOP + row * CELL]
    const box = `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="${colourOf(number / most, dark)}" stroke="${dark ? '#363d46' : '#d8dde3'}"/>`
    return number ? `${box}<text x="${x + CELL / 2}" y="${y + CELL / 2 + 4}" text-anchor="middle">${number}</text>` : box
  }))
  const font = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}" font-size="${SIZE}" fill="${ink}"><rect width="100%" height="100%" fill="${colourOf(0, dark)}"/>${[...cells, ...heads, ...sides].join('')}</svg>`
  return { svg: new Blob([text], { type: 'image/svg+xml' }), width, height }
} // prettier-ignore

function colourOf(share: number, dark: boolean): string {
  const [ground, heat] = [GROUND[dark ? 'dark' : 'light'], HEAT[dark ? 'dark' : 'light']]
  return `rgb(${ground.map((one, at) => Math.round(one + share * ((heat[at] as number) - one))).join(' ')})`
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g // what no XML may hold
const safe = (text: string): string => text.replace(CONTROL, '').replace(/[&<>"]/g, (sign) => SIGNS[sign] as string)
