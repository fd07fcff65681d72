/** Files for the one who reads: from the server, or made here. */
import { ROOT, ask } from './api'
import type { Export } from './parts/ExportMenu.vue'

/** Save an export under its name. A refusal of the server is thrown before anything is saved. */
export async function save(one: Export): Promise<void> {
  const blob = one.make ? await one.make() : await (await ask((one.href ?? '').replace(ROOT, ''))).blob()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${one.name.replace(/[\\/:*?"<>|\s]+/g, '_').slice(0, 80)}.${one.form}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const FORMULA = /^[=+\-@\t\r]/ // what a spreadsheet would run

/** Rows as CSV that spreadsheets open rightly. */
function toCsv(head: readonly string[], rows: readonly (readonly unknown[])[]): Blob {
  const cell = (value: unknown): string => {
    const text = value === null || value === undefined ? '' : String(value)
    const safe = FORMULA.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const lines = [head, ...rows].map((row) => row.map(cell).join(','))
  return new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' })
}

const LONGEST = 32_767 // characters that a cell of a workbook holds
const WIDEST = 60

/** Rows as a workbook: a head that stays in sight, numbers as numbers, and text that is never a formula. */
async function toXlsx(head: readonly string[], rows: readonly (readonly unknown[])[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/browser')
  const cell = (value: unknown): object | null =>
    value === null || value === undefined || value === '' ? null
    : typeof value === 'number' ? { value, type: Number }
    : { value: String(value).slice(0, LONGEST), type: String, wrap: true, alignVertical: 'top' } // prettier-ignore
  const wide = (text: unknown): number =>
    Math.min(
      [...String(text ?? '')].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 2),
      WIDEST,
    )
  const columns = head.map((name, at) => ({ width: Math.max(wide(name), ...rows.slice(0, 200).map((row) => wide(row[at]))) }))
  const sheet = [head.map((value) => ({ value, type: String, fontWeight: 'bold' })), ...rows.map((row) => row.map(cell))]
  return await write(sheet as never, { columns, stickyRowsCount: 1 }).toBlob()
}

/** A table as the two files that spreadsheets open; what is in it is asked when one is taken. */
export function tables(name: string, head: readonly string[], rows: () => readonly (readonly unknown[])[], of?: string): Export[] {
  return [
    { form: 'csv', name, of, make: () => toCsv(head, rows()) },
    { form: 'xlsx', name, of, make: () => toXlsx(head, rows()) },
  ]
}

/** A drawing as a picture, on the ground of the page, twice as fine as on the screen. */
export async function toPng(svg: Blob, width: number, height: number, ground: string): Promise<Blob> {
  const picture = new Image(width, height)
  const address = URL.createObjectURL(svg)
  try {
    picture.src = address
    await picture.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: width * 2, height: height * 2 })
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D
    pen.fillStyle = ground
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'))
  } finally {
    URL.revokeObjectURL(address)
  }
}
