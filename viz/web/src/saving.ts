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
export function toCsv(head: readonly string[], rows: readonly (readonly unknown[])[]): Blob {
  const cell = (value: unknown): string => {
    const text = value === null || value === undefined ? '' : String(value)
    const safe = FORMULA.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const lines = [head, ...rows].map((row) => row.map(cell).join(','))
  return new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' })
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
