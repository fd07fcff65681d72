import { expect, test } from 'vitest'
import { eventsIn } from './events'

test('events are read as they come, and what is cut waits for its rest', () => {
  const buffer = { text: 'retry: 2000\n\nid: 1\nevent: file\ndata: {"a":1}\n\n: \n\nid: 2\nevent: fi' }
  expect([...eventsIn(buffer)]).toEqual([{ id: '1', event: 'file', data: '{"a":1}' }])
  buffer.text += 'le\ndata: {}\n\n'
  expect([...eventsIn(buffer)]).toEqual([{ id: '2', event: 'file', data: '{}' }])
  expect(buffer.text).toBe('')
})
