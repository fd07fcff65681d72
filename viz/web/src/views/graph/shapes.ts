/** Shapes, as every drawing here draws them: so many corners around a middle, the first of them so far turned. */
export interface Shape {
  corners: number // none: a circle
  turn: number // from the right, against the clock
  notch: number // how near to the middle its sides go in between two corners, of a star; none: they are straight
  reach: number // of its corners, where a circle that is as large reaches 1
}

const UP = Math.PI / 2
function shape(corners: number, turn = UP, notch = 0): Shape {
  const area = notch ? corners * notch * Math.sin(Math.PI / corners) : (corners / 2) * Math.sin((2 * Math.PI) / corners)
  return { corners, turn, notch, reach: corners ? Math.sqrt(Math.PI / area) : 1 }
}
const CIRCLE = shape(0)
const SHAPES: Record<string, Shape> = {
  dot: CIRCLE,
  triangle: shape(3),
  triangleDown: shape(3, -UP),
  square: shape(4, Math.PI / 4),
  diamond: shape(4),
  hexagon: shape(6, 0),
  star: shape(5, UP, 0.45),
}

/** A shape by the name that the palette gives it. */
export const shapeNamed = (name: string): Shape => SHAPES[name] ?? CIRCLE

/** The corners of a shape that is as large as a circle of this radius; y grows downwards. A circle has none. */
export function outline({ corners, turn, notch, reach }: Shape, x: number, y: number, r: number): [number, number][] {
  const points = notch ? 2 * corners : corners
  return Array.from({ length: points }, (_, at) => {
    const [angle, far] = [turn + (2 * Math.PI * at) / points, r * reach * (notch && at % 2 ? notch : 1)]
    return [x + far * Math.cos(angle), y - far * Math.sin(angle)]
  })
}

/** A shape as it stands in SVG; `rest` are more attributes, `inside` is what it holds. */
export function toSvgShape(name: string, x: number, y: number, r: number, rest: string, inside = ''): string {
  const points = outline(shapeNamed(name), x, y, r)
  return points.length
    ? `<polygon points="${points.map((one) => one.map(short).join(',')).join(' ')}" ${rest}>${inside}</polygon>`
    : `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r)}" ${rest}>${inside}</circle>`
}
const short = (value: number): string => value.toFixed(1).replace(/\.0$/, '')
