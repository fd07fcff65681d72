/** One colour and one shape a kind, the same in every view. After Okabe and Ito, who chose them to be told apart by everybody. */
import { dark } from './theme'

interface Look {
  light: string
  dark: string
  shape: string
}

/** By the kinds that the server names for nodes (`kind` of /api/graph). */
export const LOOKS: Record<string, Look> = {
  Plan: { light: '#0b5fa5', dark: '#6db5f0', shape: 'round-rectangle' },
  Task: { light: '#00785a', dark: '#3ecba5', shape: 'ellipse' },
  Statement: { light: '#5f7a72', dark: '#9bb8af', shape: 'ellipse' },
  Unit: { light: '#b04a00', dark: '#f0954b', shape: 'triangle' },
  UnitGroup: { light: '#8a5a00', dark: '#e0b25a', shape: 'hexagon' },
  Instrument: { light: '#9c3f77', dark: '#e79ac6', shape: 'diamond' },
  Edition: { light: '#9c3f77', dark: '#e79ac6', shape: 'rhomboid' },
  Section: { light: '#5b6470', dark: '#a9b4c0', shape: 'rectangle' },
  Jurisdiction: { light: '#5a4fb0', dark: '#b3a9ff', shape: 'pentagon' },
  SourceDocument: { light: '#5b6470', dark: '#a9b4c0', shape: 'tag' },
}
const OTHER: Look = { light: '#5b6470', dark: '#a9b4c0', shape: 'ellipse' }

export const colourOf = (kind: string): string => (LOOKS[kind] ?? OTHER)[dark.value ? 'dark' : 'light']
export const shapeOf = (kind: string): string => (LOOKS[kind] ?? OTHER).shape

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
