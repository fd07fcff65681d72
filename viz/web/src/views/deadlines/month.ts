/** The days of a month as a calendar shows them. Months are written 2023-09, days 2023-09-30. */

const two = (n: number): string => String(n).padStart(2, '0')

/** The weeks of a month from Monday to Sunday; days of its neighbours are empty. */
export function weeksOf(month: string): (string | null)[][] {
  const days: (string | null)[] = Array.from({ length: (firstWeekday(month) + 6) % 7 }, () => null)
  for (let day = 1; day <= lengthOf(month); day++) days.push(`${month}-${two(day)}`)
  while (days.length % 7) days.push(null)
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
}

/** The month so many months later, or earlier. */
export function shifted(month: string, by: number): string {
  const [year, at] = partsOf(month)
  const all = year * 12 + at - 1 + by
  return `${Math.floor(all / 12)}-${two((all % 12) + 1)}`
}

export const firstDay = (month: string): string => `${month}-01`
export const lastDay = (month: string): string => `${month}-${two(lengthOf(month))}`
export const monthOf = (day: string): string => day.slice(0, 7)

/** Every month from one to another, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const found: string[] = []
  for (let month = first; month <= last && found.length < 1200; month = shifted(month, 1)) found.push(month)
  return found
}

/** Of months that have something the one to begin with: this month, else the next one, else the last. */
export function nearest(months: readonly string[], now: string): string {
  return months.find((month) => month >= now) ?? months.at(-1) ?? now
}

function partsOf(month: string): [number, number] {
  const [year, at] = month.split('-').map(Number)
  return [year as number, at as number]
}

function firstWeekday(month: string): number {
  const [year, at] = partsOf(month)
  return new Date(Date.UTC(year, at - 1, 1)).getUTCDay()
}

function lengthOf(month: string): number {
  const [year, at] = partsOf(month)
  return new Date(Date.UTC(year, at, 0)).getUTCDate()
}
