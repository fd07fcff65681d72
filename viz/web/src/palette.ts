/** One colour and one shape a kind, the same in every view. After Okabe and Ito, who chose them to be told apart by everybody. */
import table from '../../kinds.json'
import { dark } from './theme'

interface Look {
  zh: string
  en: string
  shape: string
  light: string
  dark: string
}
const looks: Record<string, Look> = table.kinds
const same: Record<string, string> = table.same

/** By the kinds that the server names for nodes (`kind` of /api/graph). The table is that of the pages which `zhengpu graph` writes. */
const lookOf = (kind: string): Look => looks[same[kind] ?? kind] ?? table.kinds.Other

export const colourOf = (kind: string): string => lookOf(kind)[dark.value ? 'dark' : 'light']
export const shapeOf = (kind: string): string => lookOf(kind).shape
/** What every kind is called. */
export const kindsIn = (language: 'zh' | 'en'): Record<string, string> =>
  Object.fromEntries([...Object.keys(looks), ...Object.keys(same)].map((kind) => [kind, lookOf(kind)[language]]))

/** Colours for series, in order: told apart by the colour-blind, readable on both grounds. */
export const SERIES = ['#1d6fb8', '#d98200', '#00936e', '#b8548f', '#7a68c9', '#5f9fd0', '#a4570f', '#6f7b87'] as const
/** What became of a task, from kept word by word to new. */
export const BANDS: Record<string, string> = {
  verbatim: '#1d6fb8',
  edited: '#5f9fd0',
  rewritten: '#d98200',
  'broken-down': '#7a68c9',
  dropped: '#8a949e',
  new: '#00936e',
}
