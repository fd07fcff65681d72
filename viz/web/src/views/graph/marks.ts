/** Nodes in the shapes of their kinds, for sigma: of a triangle around each, what lies inside its outline is filled. */
import { NodeProgram } from 'sigma/rendering'
import type { NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'
import { shapeOf } from '@/palette'
import { shapeNamed } from './shapes'

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute vec2 a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_from;
varying vec2 v_shape;
varying float v_radius;

void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 4.0;
  v_from = size * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + v_from, 1)).xy, 0, 1);
  v_radius = size / 2.0;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`

// a side lies as far from the middle as the corners would if they were turned to it
const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_from;
varying vec2 v_shape;
varying float v_radius;
uniform float u_correctionRatio;

void main(void) {
  float far = length(v_from);
  float edge = v_radius;
  if (v_shape.x > 0.5) {
    float part = 3.14159265 / v_shape.x;
    far *= cos(mod(atan(v_from.y, v_from.x) - v_shape.y, 2.0 * part) - part);
    edge *= cos(part);
  }
  float border = u_correctionRatio * 2.0;
  #ifdef PICKING_MODE
  gl_FragColor = far > edge ? vec4(0.0) : v_color;
  #else
  gl_FragColor = mix(v_color, vec4(0.0), clamp((far - edge + border) / border, 0.0, 1.0));
  #endif
}`

const UNIFORMS = ['u_sizeRatio', 'u_correctionRatio', 'u_matrix'] as const
const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGL2RenderingContext

export class MarkProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  override getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_shape', size: 2, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_angle', size: 1, type: FLOAT }],
      CONSTANT_DATA: [0, 1, 2].map((third) => [(third * 2 * Math.PI) / 3]),
    }
  }

  override processVisibleItem(index: number, start: number, data: NodeDisplayData & { kind?: string }): void {
    const { corners, turn, reach } = shapeNamed(shapeOf(data.kind ?? ''))
    this.array.set([data.x, data.y, data.size * reach, corners, turn, floatColor(data.color), index], start)
  }

  override setUniforms({ correctionRatio, sizeRatio, matrix }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio)
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio)
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix)
  }
}
type ProgramInfo = Parameters<NodeProgram<(typeof UNIFORMS)[number]>['setUniforms']>[1]
