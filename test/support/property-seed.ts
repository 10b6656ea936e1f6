import fc from 'fast-check'

/**
 * Property tests draw the same cases in every run, so that a commit that passed passes. `BERTH_TEST_SEED` (an integer) draws
 * others: what such a run finds becomes a test of its own.
 */
const seed = Number(process.env['BERTH_TEST_SEED'] ?? 1)
if (!Number.isSafeInteger(seed)) throw new Error('BERTH_TEST_SEED must be an integer')
fc.configureGlobal({ seed })
