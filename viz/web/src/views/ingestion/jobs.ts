/** Imports: the token, jobs as the server tells of them, and their events. */
import { ref } from 'vue'
import { Problem, ask, url } from '@/api'
import { language } from '@/language'
import { eventsIn } from './events'

export interface Report {
  file: string
  stored: boolean
  error: string | null
  document: string | null
  plans: { iri: string; label: string; tasks: number }[]
  tasks: number
  again: boolean
  notes: { zh: string; en: string }[]
  doubts: { code: string; place: string | null; zh: string; en: string }[]
}
export interface Job {
  id: string
  kind: string
  state: string
  progress: { files: number; done: number; stored: number; failed: number }
  tasks: number
  doubts: number
  created: string
  ended: string | null
  message: { zh: string; en: string } | null
  names?: string[]
  reading?: string | null // the file that is read now
  files?: Report[]
  refreshed?: { zh: string; en: string }[]
}

export const OVER = ['done', 'cancelled', 'failed']
export const ACCEPTED = ['.docx', '.doc', '.wps', '.odt', '.pdf', '.html', '.htm', '.mht', '.xlsx', '.xlsm', '.xls', '.et', '.ods', '.csv', '.tsv', '.txt', '.md'] // prettier-ignore

/** Kept in this tab only. */
export const token = ref(sessionStorage.getItem('token') ?? '')
export function keepToken(given: string): void {
  token.value = given.trim()
  sessionStorage.setItem('token', token.value)
}

export const bearer = (): Record<string, string> => (token.value ? { Authorization: `Bearer ${token.value}` } : {})
export const asked = async <T>(path: string, options: RequestInit = {}): Promise<T> =>
  (await (await ask(path, {}, { ...options, headers: { ...bearer(), Accept: 'application/json' } })).json()) as T

/** Send files; tells how much of them has left. */
export function upload(files: readonly File[], told: (share: number) => void): Promise<Job> {
  return new Promise((done, failed) => {
    const form = new FormData()
    for (const file of files) form.append('file', file, file.name)
    const request = new XMLHttpRequest() // fetch does not tell of uploads
    request.open('POST', url('/api/ingestions'))
    for (const [name, value] of Object.entries(bearer())) request.setRequestHeader(name, value)
    request.setRequestHeader('Accept-Language', language.value === 'en' ? 'en' : 'zh-CN')
    request.upload.onprogress = (event) => event.lengthComputable && told(Math.round((100 * event.loaded) / event.total))
    request.onerror = () => failed(new Problem(0, 'unreachable', ''))
    request.onload = () => {
      const answer = readJson(request.responseText)
      if (request.status < 300) done(answer as unknown as Job)
      else failed(new Problem(request.status, String(answer.title ?? ''), String(answer.detail ?? ''), answer))
    }
    request.send(form)
  })
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

interface Told {
  state: string
  progress: Job['progress']
  file?: string
  report?: Report
  part?: { zh: string; en: string }
  message?: { zh: string; en: string }
}

/** A job after an event: its state, and what the event adds to what is known of it. */
export function after(job: Job, kind: string, told: Told): Job {
  const files = told.report ? [...(job.files ?? []), told.report] : (job.files ?? [])
  return {
    ...job,
    state: told.state,
    progress: told.progress,
    files,
    refreshed: told.part ? [...(job.refreshed ?? []), told.part] : (job.refreshed ?? []),
    reading: kind === 'reading' ? (told.file ?? null) : told.report ? null : (job.reading ?? null),
    message: told.message ?? (told.state === 'waiting' ? job.message : null),
    tasks: files.reduce((sum, one) => sum + one.tasks, 0),
    doubts: files.reduce((sum, one) => sum + one.doubts.length, 0),
  }
}

/** Tell every event of a job from its first, until it is over or the connection ends. EventSource could not send the token. */
export async function follow(id: string, since: number, told: (kind: string, data: Told, number: number) => void, signal: AbortSignal): Promise<void> {
  const answer = await ask(`/api/ingestions/${encodeURIComponent(id)}/events`, { after: since }, { signal, headers: bearer() })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const buffer = { text: '' }
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    buffer.text += part.value
    for (const { event, data, id: number } of eventsIn(buffer)) told(event, JSON.parse(data) as Told, Number(number))
  }
} // prettier-ignore
