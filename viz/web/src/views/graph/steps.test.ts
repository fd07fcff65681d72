import { expect, test } from 'vitest'
import { useSteps } from './steps'

test('undone and done again', () => {
  const steps = useSteps<string>()
  steps.note('a')
  steps.note('b')
  expect(steps.undo('c')).toBe('b')
  expect(steps.undo('b')).toBe('a')
  expect(steps.canUndo.value).toBe(false)
  expect(steps.redo('a')).toBe('b')
  expect(steps.canRedo.value).toBe(true)
})

test('a new step forgets what was undone', () => {
  const steps = useSteps<string>()
  steps.note('a')
  steps.undo('b')
  steps.note('a')
  expect(steps.canRedo.value).toBe(false)
})

test('there is nothing to undo at the start', () => expect(useSteps<string>().undo('a')).toBeUndefined())
