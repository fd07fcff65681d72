import type { Coded, Thing } from '@/api'

export interface Edition {
  iri: string
  number: string | null
  title: string | null
  promulgated: string | null
  in_force: string | null
  status: Coded | null
  replaced_by: string | null
  replaces: string | null
}

export interface Instrument extends Thing {
  status: Coded | null
  issuer: string | null
  aliases: string[]
  replaced_by: Thing[]
  replaces: Thing[]
  editions: Edition[]
  citing_tasks: number
  citing_plans: number
  citing_places: number
}

/** Whether it should not be cited any more. */
export const isOver = (status: Coded | null): boolean => status?.code === 'replaced' || status?.code === 'repealed'
