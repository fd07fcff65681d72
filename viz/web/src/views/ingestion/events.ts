/** The lines of server-sent events as they come; what is cut in the middle waits for its rest. */
export function* eventsIn(buffer: { text: string }): Generator<{ event: string; data: string; id: string }> {
  for (let end = buffer.text.indexOf('\n\n'); end >= 0; end = buffer.text.indexOf('\n\n')) {
    const block = buffer.text.slice(0, end)
    buffer.text = buffer.text.slice(end + 2)
    const fields = { event: 'message', data: '', id: '' }
    for (const line of block.split('\n')) {
      const [name, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]
      if (name === 'data') fields.data += value
      else if (name === 'event' || name === 'id') fields[name] = value
    }
    if (fields.data) yield fields
  }
}
