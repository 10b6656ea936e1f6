import { z } from 'zod'

// Imported before any schema is made: compiling schemas costs a start more than the small messages here ever save.
z.config({ jitless: true })
