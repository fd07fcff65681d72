/** The zip that workbooks are packed with, in place of fflate's own: that one starts workers made of text for what is large, and the policy of our pages allows none. */
import { zipSync, type Zippable } from 'fflate/browser'

export { strToU8, zipSync } from 'fflate/browser'

export function zip(files: Zippable, done: (error: null, packed: Uint8Array) => void): void {
  done(null, zipSync(files))
}
