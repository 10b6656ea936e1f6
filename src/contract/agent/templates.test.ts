import { expect, it } from 'vitest'
import { ImageReference } from './templates.ts'

it.each([
  'node',
  'node:24-bookworm',
  'library/node',
  'ghcr.io/owner/name:tag',
  'localhost:5000/a/b__c:1',
  'berth/base:1',
  'berth.invalid.example.org/base',
  `registry.example.org/x@sha256:${'0'.repeat(64)}`,
])('takes %s for the name of an image', (reference) => {
  expect(ImageReference.safeParse(reference).success).toBe(true)
})

it.each([
  '',
  '-node',
  'Node',
  'node:',
  'a//b',
  '../a',
  'a b',
  'a:b:c',
  'http://a/b',
  'node@sha256:12',
  `a:${'x'.repeat(129)}`,
  'berth.invalid/base-docker:d0d13ad3ed3d',
  'Berth.INVALID:443/base',
])('takes “%s” for none', (reference) => {
  expect(ImageReference.safeParse(reference).success).toBe(false)
})
