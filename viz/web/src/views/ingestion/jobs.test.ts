import { expect, test, vi } from 'vitest'
import type { Job, Report } from './jobs'

vi.mock('@/api', () => ({ ask: () => undefined, url: () => '', Problem: Error })) // the server is not what is tested
vi.mock('@/language', () => ({ language: { value: 'zh' } }))
vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined })
const { after } = await import('./jobs')

const progress = { files: 2, done: 0, stored: 0, failed: 0 }
const job: Job = { id: 'a', kind: 'ingestion', state: 'queued', progress, tasks: 0, doubts: 0, created: '', ended: null, message: null } // prettier-ignore
const report: Report = { file: 'a.txt', stored: true, error: null, document: null, plans: [], tasks: 3, again: false, notes: [], doubts: [{ code: 'x', place: null, zh: '', en: '' }] } // prettier-ignore

test('a job learns from its events', () => {
  const reading = after(job, 'reading', { state: 'running', progress, file: 'a.txt' })
  expect([reading.state, reading.reading]).toEqual(['running', 'a.txt'])
  const read = after(reading, 'file', { state: 'running', progress: { ...progress, done: 1, stored: 1 }, file: 'a.txt', report })
  expect([read.reading, read.tasks, read.doubts, read.files?.length]).toEqual([null, 3, 1, 1])
  const waits = after(read, 'waiting', { state: 'waiting', progress, message: { zh: '等', en: 'waits' } })
  expect(waits.message?.zh).toBe('等')
  expect(after(waits, 'refreshing', { state: 'refreshing', progress, part: { zh: '谱系', en: 'lineage' } })).toMatchObject({ message: null, refreshed: [{ zh: '谱系', en: 'lineage' }] }) // prettier-ignore
})
