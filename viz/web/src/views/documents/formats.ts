/** What kind of file a document is, as people call it. */
import { t } from '@/language'

const FORMS: [RegExp, string][] = [
  [/pdf/, 'PDF'],
  [/wordprocessingml|msword|opendocument\.text|\.wps$|\.docx?$/, 'word'],
  [/spreadsheetml|ms-excel|opendocument\.spreadsheet|\.et$|\.xlsx?$/, 'sheet'],
  [/presentation|powerpoint/, 'slides'],
  [/html/, 'web'],
  [/csv|tab-separated/, 'CSV'],
  [/markdown/, 'Markdown'],
  [/text\/plain/, 'text'],
]

/** By the media type, and by the name where that says more. */
export function formatOf(media: string | null, name: string): string {
  const found = FORMS.find(([shape]) => shape.test(media ?? '') || shape.test(name.toLowerCase()))?.[1]
  const ending = /\.\w{1,5}$/.exec(name)?.[0] ?? ''
  if (!found) return ending || (media ?? '')
  return /^[A-Z]/.test(found) ? found : `${t(`documents.forms.${found}`)}${ending ? ` ${ending}` : ''}`
}
