/** Which labels are drawn, and how long: as on a map, as many as find room in a size that can be read. */
export interface Labelled {
  id: string
  x: number // on the screen
  y: number
  r: number // of the node's mark
  lines: number
  rank: number // the higher, the sooner it gets its label
}
interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

export const [WIDE, LINE] = [116, 16] // of a label on the screen
const CELL = WIDE // no box is larger

/** How many lines each gets, none where there is no room: a label lies on no other label and on no other node. */
export function readable(nodes: readonly Labelled[]): Map<string, number> {
  const marks = new Grid()
  const labels = new Grid()
  for (const { x, y, r } of nodes) marks.add({ left: x - r, right: x + r, top: y - r, bottom: y + r })
  const found = new Map<string, number>()
  for (const { id, x, y, r, lines, rank } of [...nodes].sort((one, other) => other.rank - one.rank || (one.id < other.id ? -1 : 1))) {
    for (let most = lines; most > 0; most--) {
      const box = { left: x - WIDE / 2, right: x + WIDE / 2, top: y + r + 2, bottom: y + r + 2 + most * LINE }
      if (labels.hits(box) || (rank < ALWAYS && marks.hits(box))) continue
      labels.add(box)
      found.set(id, most)
      break
    }
  }
  return found
}

/** From this rank on a label may lie on nodes: what is chosen is always named. */
export const ALWAYS = 1000

class Grid {
  private readonly cells = new Map<string, Box[]>()

  private near(box: Box): string[] {
    const found: string[] = []
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++)
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) found.push(`${x} ${y}`)
    return found
  }

  add(box: Box): void {
    for (const cell of this.near(box)) {
      const there = this.cells.get(cell)
      if (there) there.push(box)
      else this.cells.set(cell, [box])
    }
  }

  hits(box: Box): boolean {
    return this.near(box).some((cell) =>
      this.cells.get(cell)?.some((one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom),
    )
  }
}
