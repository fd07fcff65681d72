/** A stock query as /api/queries tells of it. */
export interface Parameter {
  name: string
  type: string
  description: { zh: string; en: string }
  required: boolean
  default: string | null
  values?: string[]
  names?: string
}
export interface Stock {
  name: string
  summary: { zh: string; en: string }
  description: { zh: string; en: string }
  tags: string[]
  parameters: Parameter[]
  columns: string[]
  example?: { values: Record<string, string> }
}
