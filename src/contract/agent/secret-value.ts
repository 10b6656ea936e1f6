import { z } from 'zod'
import { EnvironmentName, EnvironmentValue } from '../names.ts'

/** What stands for a value that is not shown. */
export const MASK = '••••••••'

/** A secret as it is shown: eight dots, and the last 4 characters of one of 16 and more. */
export const MaskedValue = z.string().regex(/^•{8}.{0,4}$/su)

/** A value that is to be stored. One that was shown masked is not it: whoever sends it back did not mean to. */
const NewValue = EnvironmentValue.refine(
  (value) => !MaskedValue.safeParse(value).success,
  'This is the masked value; leave the variable out to keep what it has.',
)

/** Changes of variables: what is null is deleted, what is left out stays. */
export const EnvironmentPatch = z
  .record(EnvironmentName, NewValue.nullable())
  .refine((patch) => Object.keys(patch).length <= 256, 'At most 256 variables at once.')
export type EnvironmentPatch = z.infer<typeof EnvironmentPatch>

/** Variables with their values masked. */
export const MaskedEnvironment = z.record(EnvironmentName, MaskedValue)
export type MaskedEnvironment = z.infer<typeof MaskedEnvironment>

/** `value` as it may be shown. */
export function maskValue(value: string): string {
  const characters = Array.from(value)
  return characters.length < 16 ? MASK : `${MASK}${characters.slice(-4).join('')}`
}
