/** Shapes, as every drawing here draws them: so many corners around a middle, the first of them so far turned. */
export interface Shape {
  corners: number // none: a circle
  turn: number // from the right, against the clock
  reach: number // of its corners, where a circle that is as large reaches 1
}

const UP = Math.PI / 2
const shape = (corners: number, turn = UP): Shape => ({
  corners,
  turn,
  reach: corners ? Math.sqrt((2 * Math.PI) / (corners * Math.sin((2 * Math.PI) / corners))) : 1,
})
const CIRCLE = shape(0)
const SQUARE = shape(4, Math.PI / 4)
const DIAMOND = shape(4)
const SHAPES: Record<string, Shape> = {
  ellipse: CIRCLE,
  triangle: shape(3),
  pentagon: shape(5),
  hexagon: shape(6, 0),
  octagon: shape(8, Math.PI / 8),
  diamond: DIAMOND,
  rhomboid: DIAMOND,
  rectangle: SQUARE,
  'round-rectangle': SQUARE,
  tag: SQUARE,
}

/** A shape by the name that the palette gives it. */
export const shapeNamed = (name: string): Shape => SHAPES[name] ?? CIRCLE

/** The corners of a shape that is as large as a circle of this radius; y grows downwards. A circle has none. */
export const outline = ({ corners, turn, reach }: Shape, x: number, y: number, r: number): [number, number][] =>
  Array.from({ length: corners }, (_, at) => {
    const angle = turn + (2 * Math.PI * at) / corners
    return [x + r * reach * Math.cos(angle), y - r * reach * Math.sin(angle)]
  })

/** A shape as it stands in SVG; `rest` are more attributes, `inside` is what it holds. */
export function toSvgShape(name: string, x: number, y: number, r: number, rest: string, inside = ''): string {
  const points = outline(shapeNamed(name), x, y, r)
  return points.length
    ? `<polygon points="${points.map((one) => one.map(short).join(',')).join(' ')}" ${rest}>${inside}</polygon>`
    : `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r)}" ${rest}>${inside}</circle>`
}
const short = (value: number): string => value.toFixed(1).replace(/\.0$/, '')
