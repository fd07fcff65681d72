/** How the explorer asks the server. Every answer is JSON; every refusal says what to do. */
import { ref } from 'vue'
import { language } from './language'

/** The path under which the server is reached, without a slash at its end. */
export const ROOT = document.querySelector<HTMLMetaElement>('meta[name=root]')?.content ?? ''

export type Value = string | number | boolean | null | undefined
export type Params = Record<string, Value | readonly Value[]>

/** A thing as the server tells of it. */
export interface Thing {
  iri: string
  label: string
  kind?: string | null | { code: string; zh: string; en: string }
  links?: { self?: string } & Record<string, string>
}

/** A code with its names. */
export interface Coded {
  code: string
  zh: string
  en: string
}

/** One page of a list. */
export interface Page<T> {
  items: T[]
  limit: number
  offset: number
  total: number | null
  more: boolean
  query: string
}

/** What went wrong, in the words of the server (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly more: Record<string, unknown> = {},
  ) {
    super(detail || title)
  }
}

/** The address of a path with its parameters; a list repeats its name, what is empty is left out. */
export function url(path: string, params: Params = {}): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined && each !== '' && each !== false) given.append(name, String(each))
    }
  }
  const query = given.toString()
  return ROOT + path + (query ? (path.includes('?') ? '&' : '?') + query : '')
}

/** How many answers are waited for. */
export const waiting = ref(0)

async function waitFor<T>(answer: Promise<T>): Promise<T> {
  waiting.value++
  try {
    return await answer
  } finally {
    waiting.value--
  }
}

/** The answer to a request, whatever its form; a refusal is thrown as a Problem. */
export const ask = (path: string, params: Params = {}, options: RequestInit = {}): Promise<Response> =>
  waitFor(asked(path, params, options))

async function asked(path: string, params: Params, options: RequestInit): Promise<Response> {
  const headers = new Headers(options.headers)
  headers.set('Accept-Language', language.value === 'en' ? 'en' : 'zh-CN')
  let answer: Response
  try {
    answer = await fetch(url(path, params), { ...options, headers })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, 'unreachable', '')
  }
  if (!answer.ok) throw await toProblem(answer)
  return answer
}

/** What a GET answers, as JSON. */
export const get = <T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> => waitFor(got<T>(path, params, signal))

async function got<T>(path: string, params: Params, signal?: AbortSignal): Promise<T> {
  const answer = await asked(path, params, { signal: signal ?? null, headers: { Accept: 'application/json' } })
  return (await answer.json()) as T
}

async function toProblem(answer: Response): Promise<Problem> {
  const told = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  return new Problem(answer.status, String(told.title ?? answer.statusText), String(told.detail ?? ''), told)
}
